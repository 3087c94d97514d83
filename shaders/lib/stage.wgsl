// Where a descent stands at the start of a stage. CPU twin: run in src/optim/descent.ts.

const LAMBDA_START = 1e-5;

fn begin_stage(s: ptr<function, Descent>) {
  (*s).stageSteps = 0u;
  (*s).accepted = 0u;
  (*s).lambda = LAMBDA_START;
  (*s).kappa = 1.0;
  (*s).scale = Theta();
  (*s).trial = (*s).x;
}
