/** What `isoloss help lab` prints. At most 100 columns wide. */

export const LAB_HELP = `isoloss lab [FILE|URL] [options]

Serves the lab, the page that fits on this machine's GPU, and opens it in the browser. FILE or URL
is the table that it begins with; without one, the bundled replica. The page reads FILE anew
whenever it is reloaded.

The server answers this machine only (127.0.0.1), and of its disk it shows the page and FILE. It
runs until Ctrl-C; what the browser has loaded works on without it.

Options
  --port PORT               1024 to 65535. If not given, 4800 or the next that is free. Browsers
                            keep what a page stores by its port.
  --no-open                 open no browser: go to the address that is printed
  -h, --help                this text
  --version                 the version of isoloss

Exit codes
  0    stopped by Ctrl-C
  1    FILE cannot be read, the port is in use, or the lab is not built
  2    the command line cannot be used
`;
