/** What `isoloss help plan` prints. At most 100 columns wide. */
import { ASKED_LAW } from './help-pieces.ts';
import { HARM_LAWS } from './planned-laws.ts';

export const PLAN_HELP = `isoloss plan [FILE|URL|-] [options]

Says what to train next: fits a table as isoloss fit does, or takes a law that is given, and
answers each of the questions below. With --bootstrap or --interval sandwich every answer has an
interval, of that number in each resample. Beside each stands how far it is beyond the runs.
Without a table, the bundled replica. C = 6ND, losses are nats per token.

What to plan: at least one of the first six
  --budget FLOPS            the compute-optimal N, D and loss, the sizes nearly as good, and the
                            20:1 rule and Kaplan's beside it: --budget 1e24, or 1e22..1e26:5.
                            Repeatable.
  --target-loss LOSS        the least compute that reaches it: --target-loss 2.0. Repeatable.
  --hours HOURS             a budget from what the devices do in so many hours by the clock,
  --money MONEY             for so much money, in the currency of --price,
  --energy KWH              with so much energy; of several the one that is reached first
  --models                  well-known models against the frontier: their tokens per parameter, and
                            what compute they took beyond the least for their loss
  --ratio D/N               also the model of so many tokens a parameter, and what it costs in
                            loss and compute: --ratio 200. Repeatable.
  --size N                  also the model of so many parameters: --size 8B. Repeatable.
  --serve TOKENS            the least total cost of training and of serving so many tokens, at the
                            same loss, and from how many on that model, and each --size and --ratio
                            that is smaller than the compute-optimal one, is the cheaper: --serve
                            2T; or INPUT:OUTPUT tokens: --serve 1T:2T
  --unique-tokens TOKENS    the best N and epochs where there are no more: --unique-tokens 100B.
                            Worth of repeated tokens by Muennighoff et al. 2023. Repeatable.
  --excess SHARE            loss that nearly as good sizes may give up; 0.001 if not given

Architectures
  --architectures K         the K nearest to each size, with FLOPs counted matrix by matrix
  --context TOKENS          of a sequence, for these; 4096 if not given
  --vocabulary TOKENS       of these; 32000 if not given
  --gated                   three matrices in their feed-forward layers, as SwiGLU has
  --head-size DIMENSIONS    64, and 128 from width 1280 on, if not given
  --heads N                 of all of them, whatever their width; width over head size if not given
  --width-multiple N        their width is one of; of the head size if not given

Bits, at each --budget; --size asks for the best width of that size too
  --bits BITS,...           the best N and D when training is done in so many bits, 1 to 64, and the
                            best width: --bits 4,8,16. By γ of --law precision where that is fitted
                            to runs with bits, else of Kumar et al. 2024, an example.
  --bit-scales W,A,KV       γ of your own, of weights, of activations, of keys and values: bits at
                            which 63 % of the parameters count
  --quantise BITS,...       what quantising the optimal model to so many bits afterwards adds to its
                            loss, and the tokens from which on more training harms it (these
                            ${HARM_LAWS})

Mixtures of experts, at each --budget, by laws of others and not that of the runs: examples
  --granularity G,...       of 64 experts, split G times as fine, from 1 on, and dense, at equal
                            cost of training and of serving: --granularity 1,8. Krajewski et al.
                            2024
  --sparsity SHARE,...      the best model of which so much is inactive; with --size the best share
                            for so many parameters: --sparsity 0,0.9,0.95. Abnar et al. 2025
  --experts N,...           parameters that N_opt counts for with so many experts. Clark et al. 2022

What it takes: time, and money and energy where they are known
  --device ID|FLOPS         h100-sxm, a100, ... or its dense peak rate in FLOP/s: --device 989e12
  --count N                 devices that train together
  --utilisation SHARE       of the peak rate that the model's own FLOPs reach (MFU): 0.4
  --recompute               the layers are done again on the way back: 8ND on the devices for 6ND
                            of the model, in time, money, energy and --architectures. --utilisation
                            is then that of all FLOPs that the devices do
  --price MONEY             of an hour of one device
  --watts WATTS             of one device; that of its maker if not given
  --pue FACTOR              what the data centre draws over what its machines do; 1 if not given
  --batch TOKENS            of a step, over all devices: then --utilisation is what a device reaches
                            by itself, and what the layout takes off it is modelled
  --stages N                of a pipeline; 1 if not given
  --micro-batches N         in each replica of the model, a step
  --chunks N                of layers that each stage holds, interleaved; 1 if not given
  --tensor-parallel N       devices that share each layer; 1 if not given
  --bandwidth BYTES         a second that each device sends while gradients are summed; if not
                            given that takes no time
  --overlap SHARE           of it that goes on under the computation; 0 if not given
  --mtbf HOURS              mean time between failures of one device: time is lost to these
  --checkpoint HOURS        that a checkpoint takes; one is made at the best interval (Daly)
  --restart HOURS           from a failure until training goes on; 0 if not given
  --serve-utilisation SHARE of the devices that serve, or INPUT:OUTPUT: then the cost of serving is
                            in money too: --serve-utilisation 0.5:0.1
  --serve-device ID|FLOPS   the devices that serve; --device if not given
  --serve-price MONEY       of an hour of one; --price if not given

${ASKED_LAW}

Exit codes
  0    planned, and the certificate of the fit passes
  1    the table, the law, the output or the backend cannot be used
  2    the command line cannot be used
  3    planned, but the certificate of the fit fails
  130  stopped by Ctrl-C: once the fit is done, what there is is printed; a second one ends at once
`;
