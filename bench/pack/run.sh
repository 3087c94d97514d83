#!/bin/sh
# Runs isoloss's benchmark: ./run.sh [question ...]. What there is of a GPU goes to standard error, the measurements to
# standard output. Where there is none, the script says which step failed, and the CPU is measured.
# SYSROOT is a folder that takes the place of / for what is looked up: the tests set it.
set -u

here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 1
root=${SYSROOT-}
PATH=$PATH:$root/usr/sbin:$root/sbin
answer='^(hardware|software|none) '

say() { printf '%s\n' "$*" >&2; }
stop() { say "run.sh: $*"; exit 1; }

# The folders are lists with colons. `library` prints the path of a shared library, or nothing.
usual=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu:$root/usr/lib64:$root/lib64:$root/usr/lib:$root/lib:$root/usr/local/lib
library() (
  IFS=:
  folders=${LD_LIBRARY_PATH-}:$usual
  for folder in $folders; do
    [ "$folder" ] && [ -e "$folder/$1" ] && echo "$folder/$1" && exit
  done
  ldconfig -p 2>/dev/null | sed -n "s|^[[:space:]]*$1 (.*x86-64.*) => ||p" | sed -n 1p
)

# Driver files, one a line. The loader looks in the first list; some containers and systems use the second.
standard=${XDG_CONFIG_HOME:-${HOME-}/.config}:${XDG_CONFIG_DIRS:-$root/etc/xdg}:$root/usr/local/etc:$root/etc
standard=$standard:${XDG_DATA_HOME:-${HOME-}/.local/share}:${XDG_DATA_DIRS:-$root/usr/local/share:$root/usr/share}
elsewhere=$root/usr/local/nvidia/share:$root/run/opengl-driver/share
drivers_in() (
  IFS=:
  for folder in $1; do
    for file in "$folder"/vulkan/icd.d/*.json; do [ -e "$file" ] && echo "$file"; done
  done
)

# Names to the loader what it does not find by itself: drivers in the second list, or NVIDIA's, which containers often have
# without its driver file.
name_others() {
  more=$(drivers_in "$elsewhere")
  [ "$more" ] || [ -z "$(library libGLX_nvidia.so.0)" ] || more=$here/nvidia_icd.json
  [ "$more" ] || return
  drivers=$(printf '%s\n' "$drivers" "$more" | sed '/^$/d')
  VK_ICD_FILENAMES=$(printf '%s' "$drivers" | tr '\n' :)
  export VK_ICD_FILENAMES
}

look() {
  loader=$(library libvulkan.so.1)
  case :${LD_LIBRARY_PATH-}:$usual: in
    *":${loader%/*}:"*) ;;
    *) # isoloss does not ask ldconfig
      [ -z "$loader" ] || export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${loader%/*}" ;;
  esac
  named=${VK_DRIVER_FILES:-${VK_ICD_FILENAMES-}}
  if [ "$named" ]; then
    drivers=$(IFS=:; for file in $named; do [ -e "$file" ] && echo "$file"; done)
  else
    drivers=$(drivers_in "$standard")
    case $drivers in *nvidia*) ;; *) name_others ;; esac
  fi
  say "Vulkan loader: ${loader:-none}"
  say "Vulkan driver files: $(echo ${drivers:-none})"
  output=$(./node lib/probe.js 2>&1)
  status=$?
  found=$(printf '%s\n' "$output" | grep -E "$answer")
}

# Why there is no hardware adapter: the first step that failed.
explain() {
  case $found in *' did not load '*)
    reason=${found#*did not load (}
    say "No GPU: Dawn, which is in this folder, does not load: ${reason%): run npm*}"
    say 'If it names GLIBC or GLIBCXX, the C or C++ library of this machine is too old: README.txt says what is needed.'
    return ;;
  esac
  if [ -z "$loader" ]; then
    say 'No GPU: there is no Vulkan loader, libvulkan.so.1, in the usual folders, LD_LIBRARY_PATH or ldconfig -p.'
    say 'Install it (Debian, Ubuntu: libvulkan1; Fedora, Red Hat: vulkan-loader), or: LD_LIBRARY_PATH=ITS_FOLDER ./run.sh'
  elif [ -z "$drivers" ] && [ "$named" ]; then
    say "No GPU: there is no Vulkan driver file: VK_DRIVER_FILES or VK_ICD_FILENAMES names $named, which does not exist."
  elif [ -z "$drivers" ]; then
    say 'No GPU: there is no Vulkan driver file, such as nvidia_icd.json, in vulkan/icd.d under /etc or /usr/share.'
    say "Install the graphics part of the GPU's driver, or: VK_ICD_FILENAMES=FILE ./run.sh"
    say 'In a container it has to be let in; with NVIDIA: NVIDIA_DRIVER_CAPABILITIES=all'
  elif [ -z "$found" ]; then
    say "No GPU: Dawn ended with status $status while it looked for an adapter:"
    say "$output"
  else
    case $found in
      software*) say "No GPU: only software answers, ${found#software }. What is called gpu below is that software." ;;
      *) say 'No GPU: the loader and a driver file are there, but no driver offers an adapter that Dawn can use.' ;;
    esac
    say 'Has this job been given a GPU (nvidia-smi, ls /dev/dri), and is its driver one of the above? The loader says:'
    said=$(VK_LOADER_DEBUG=error ./node lib/probe.js 2>&1 | grep -vE "$answer|^ *at |^\$" | sort -u)
    say "${said:-nothing}"
  fi
}

[ "$(uname -sm)" = 'Linux x86_64' ] || stop "expected Linux x86_64, got $(uname -sm). Nothing here runs on other machines."
for file in EPOCH_DATA EPOCH_COUNTS; do
  eval "path=\${$file-}"
  case $path in '' | /*) ;; *) export "$file=$PWD/$path" ;; esac
done
cd -- "$here" || exit 1
./node --version >/dev/null || stop 'the packed node does not start; why is said above. README.txt says what it needs.'
look
case $found in
  hardware*) say "GPU: ${found#hardware }" ;;
  *) explain; say 'Questions that need no GPU are answered on the CPU.' ;;
esac
say
exec ./node lib/run.js "$@"
