/**
 * isoloss: neural scaling laws fitted on WebGPU and checked in float64.
 *
 *   import { fit, readSweep } from 'isoloss';
 *   const { params, certificate } = await fit(await readSweep(csvText));
 *
 * Everything here runs in a browser and in Node. `isoloss/node` adds files, Node's GPU and worker threads.
 */
import type { Backend } from './backend/backend.ts';
import { browserPlatform } from './backend/browser.ts';
import { openBackendOn, type BackendChoice } from './backend/open.ts';
import { fitOpening } from './fit/fit.ts';
import { compareLawsOpening } from './stats/compare.ts';
import type { CompareOptions } from './stats/compare-options.ts';
import type { LawComparison } from './stats/compare-result.ts';
import type { Fit, FitOptions, Sweep } from './types.ts';

export type { Approach, ApproachNumber } from './approaches/approach.ts';
export {
  approachesOn, type Approaches, type ApproachesInput, type ApproachesOptions, type ApproachResult, type OptimumAt,
} from './approaches/approaches.ts';
export { envelope, type Envelope, type EnvelopeOptions, type EnvelopePoint } from './approaches/envelope.ts';
export { isoflopApproach, type IsoflopApproach, type IsoflopApproachOptions, type IsoflopProfile } from './approaches/isoflop.ts';
export type { Parabola } from './approaches/parabola.ts';
export { fitPowerLaw, powerAt, type PowerLaw } from './approaches/power.ts';
export { parabolaShift, sweepShift, type EvenSlice, type ParabolaShift, type SweepShift } from './approaches/shift.ts';
export type { Backend } from './backend/backend.ts';
export type { BackendChoice } from './backend/open.ts';
export { readCount } from './data/counts.ts';
export { finalRuns, readCurves, type ReadCurvesOptions, type TrainingCurve, type TrainingCurves } from './data/curves.ts';
export { parseLines, showLines } from './data/lines.ts';
export { openTable, type OpenOptions, type OpenTable, type TablePreview } from './data/open.ts';
export { readSweep, type ReadOptions } from './data/read.ts';
export { comparedColumns, filterSweep, type FilterOptions } from './data/filter.ts';
export { approachFigures, htmlApproaches, type HtmlApproachesOptions } from './document/approaches.ts';
export { htmlPlan, type HtmlPlanOptions } from './document/plan.ts';
export { planFigures } from './document/plan-charts.ts';
export { htmlEmergence, type HtmlEmergenceOptions } from './document/emergence.ts';
export { htmlSamples, type HtmlSamplesOptions } from './document/samples.ts';
export { chartTexts, comparedTruths, namedEnds, pairChart, reportFigures, type ChartName, type ReportFigure, type ReportFiguresOptions } from './document/charts.ts';
export { comparisonFigures, htmlComparison, type HtmlComparisonOptions } from './document/compare.ts';
export { htmlMultipliers, multiplierFigures, type HtmlMultipliersOptions } from './document/multiplier.ts';
export { htmlSensitivity, sensitivityFigures, type HtmlSensitivityOptions } from './document/sensitivity.ts';
export { htmlLandscape, type HtmlLandscapeOptions } from './document/landscape.ts';
export { htmlSimulation, simulationFigures, type HtmlSimulationOptions } from './document/simulation.ts';
export { htmlReport, type HtmlReportOptions } from './document/report.ts';
export { htmlReproductions, reproductionFigures, type HtmlReproductionsOptions } from './document/reproductions.ts';
export { BackendError, InputError, ShaderError, type Place } from './errors.ts';
export { envelopeFigure } from './figures/approaches-envelope.ts';
export { approachesFigure } from './figures/approaches-laws.ts';
export { emergenceFigure, type EmergenceFigureOptions } from './figures/emergence.ts';
export { coverageFigure, type CoverageFigureOptions } from './figures/coverage.ts';
export { differencesFigure, type DifferencesFigureOptions } from './figures/compare-differences.ts';
export { rolloutFigure } from './figures/compare-rollout.ts';
export { isoflopProfilesFigure } from './figures/approaches-profiles.ts';
export type { Figure, LookOptions, ThemeName } from './figures/figure.ts';
export { isolossFigure, type IsolossOptions } from './figures/isoloss.ts';
export { isoflopFigure, type IsoflopFigureOptions } from './figures/isoflop.ts';
export { scalingFigure, type ScalingFigureOptions } from './figures/scaling.ts';
export { ratioFigure, type RatioFigureOptions, type TrainedModel } from './figures/ratio.ts';
export { predictedFigure } from './figures/predicted.ts';
export { curveFigure } from './figures/curve.ts';
export { residualsFigure } from './figures/residuals.ts';
export { distributionsFigure } from './figures/distributions.ts';
export { pairsFigure, type PairsOptions } from './figures/pairs.ts';
export { simulationFigure, type Simulated } from './figures/simulation.ts';
export { speedFigure, type SpeedSeries } from './figures/speed.ts';
export { multiplierFigure } from './figures/multiplier.ts';
export { sensitivityFigure } from './figures/sensitivity.ts';
export { flatnessFigure, type FlatnessFigureOptions } from './figures/flatness.ts';
export { bitsFigure, type BitsFigureOptions } from './figures/plan-bits.ts';
export { contextFigure, type ContextFigureOptions } from './figures/plan-context.ts';
export { devicesFigure } from './figures/plan-devices.ts';
export { epochsFigure, epochValueFigure, type Repeated } from './figures/plan-epochs.ts';
export { expertsFigure, granularityFigure, sparsityFigure } from './figures/plan-mixtures.ts';
export { modelsFigure, type ModelsFigureOptions } from './figures/plan-models.ts';
export { penaltyFigure, type PenaltyFigureOptions } from './figures/plan-penalty.ts';
export { servingFigure, type ServingFigureOptions } from './figures/plan-serving.ts';
export { RUNS } from './figures/runs.ts';
export { landscapeFigure, type LandscapeFigureOptions } from './figures/landscape.ts';
export { profileFigure } from './figures/profile.ts';
export { seriesFigure } from './figures/series.ts';
export { rolesLacking } from './fit/batch.ts';
export { fitOn, refit } from './fit/fit.ts';
export { filledValues } from './data/groups.ts';
export { fitOfGroup, spreadOfGroup } from './fit/groups.ts';
export { resamplingOfGroup } from './stats/group-resampling.ts';
export { runAt } from './laws/inputs.ts';
export { lawFormula, lawIds, lawPairs, meaningOf } from './laws/registry.ts';
export { lossIds, lossOf } from './losses/registry.ts';
export { bootstrapKinds, intervalKinds } from './options.ts';
export { sandwichOn, type SandwichOptions } from './stats/analytic.ts';
export { hasIntervals } from './stats/intervals.ts';
export type { Sandwich } from './stats/sandwich-intervals.ts';
export {
  bootstrapOn, fitResamples, resampleOn, resummarise, sandwichResampling, type ResampleOptions, type Resampling, type SummaryOptions,
} from './stats/bootstrap.ts';
export { TERMINATION, type Termination } from './optim/termination.ts';
export { paperDesign } from './paper/design.ts';
export { paperReplica, type ReplicaOptions } from './paper/replica.ts';
export { PRECISION_SCALES as publishedPrecision, QUANTISING as publishedQuantising } from './paper/kumar.ts';
export { SPARSITY as publishedSparsity } from './paper/abnar.ts';
export { publishedRouting } from './paper/clark.ts';
export { GRANULAR as publishedGranularity } from './paper/krajewski.ts';
export { publishedDecay, publishedRules } from './paper/sizing.ts';
export { publishedTruth, publishedTruthIds } from './paper/truths.ts';
export { publishedErrors, type PublishedError } from './paper/rulers.ts';
export { computeOf, costOf, type ComputeMeans, type TrainingCost, type TrainingHardware } from './plan/budget.ts';
export { deviceById, devices, type Device } from './plan/devices.ts';
export { coverageAt, fitCoverage, samplesFor, type CoverageFit, type CoverageLaw } from './plan/coverage.ts';
export { bestOfK, passAtK, type Sampled, type Verifier } from './plan/pass.ts';
export { readSamples, type ModelSamples, type ReadSamplesOptions, type SampleRole, type SampleTable } from './plan/sample-table.ts';
export { sampleCost, samplingTrade, type Sampler, type SamplingTrade } from './plan/sampling.ts';
export {
  emergenceScore, readingsOf, resolutionOf, rulerAt, type DownstreamError, type Reading as RulerReadings, type Resolution, type Ruler, type Shape as RulerShape,
} from './plan/rulers.ts';
export { rangesOf, type Columns } from './plan/extrapolation.ts';
export { flatness, type Flatness } from './plan/flatness.ts';
export { frontier, frontierExponents, predictLoss, predictLosses, type Params } from './plan/frontier.ts';
export { wellKnownModels, type WellKnownModel } from './plan/models.ts';
export type { Aside } from './plan/questions.ts';
export type { Decay } from './plan/repetition.ts';
export type { Demand, Priced } from './plan/serving.ts';
export type { Family, NearShape } from './plan/shapes.ts';
export { isoflopSlices, type IsoflopSlice } from './plan/slices.ts';
export { computeWithin, type Affordable, type Cluster, type Limits, type TrainingRun } from './plan/training-run.ts';
export { betweenFailures, goodputOf } from './plan/failures.ts';
export { APPROACHES, approachesJson, approachesText, type ApproachesJson } from './report/approaches.ts';
export { comparisonText } from './report/compare.ts';
export { comparisonJson } from './report/compare-json.ts';
export { conclusion as comparisonSays, pairVerdict } from './report/compare-verdicts.ts';
export { replicatesCsv, runsCsv } from './report/csv.ts';
export { toJson, type FitJson } from './report/json.ts';
export { emergenceJson, emergenceText, type EmergenceReport } from './report/emergence.ts';
export { samplesJson, samplesText, type SamplesReport } from './report/samples.ts';
export { rulerName, verdictText } from './report/rulers.ts';
export { planJson, planText, planWarnings, type PlanReport } from './report/plan.ts';
export { multiplierJson, multiplierText } from './report/multiplier.ts';
export { multiplierSays, multiplierWarnings, needSpan, needText, verdictOnShared } from './report/multiplier-words.ts';
export { choiceText, sensitivityJson, sensitivitySays, sensitivityText, sensitivityWarnings } from './report/sensitivity.ts';
export { methodsText, type MethodsOptions } from './report/methods.ts';
export { againOf, type Again } from './report/again.ts';
export { biasInSpreads, formatEstimate, formatFactor, formatProportion, type Written } from './report/estimates.ts';
export { recoveryCsv } from './report/recovery-csv.ts';
export { simulationJson, type SimulationJson } from './report/simulation.ts';
export { reproductionsJson, reproductionsText, type ReproductionsJson } from './report/reproduction.ts';
export { formatCount, formatInteger, formatLevel, formatNumber, formatPower, formatSeconds, formatShare, printedMinus } from './units.ts';
export {
  countVerdicts, formatComparedRatio, formatOurs, formatPublished, formatVerdicts, groupsOf, reasonsOf, type Group as ComparisonGroup, type VerdictCounts,
} from './report/verdicts.ts';
export { compare, type Comparison, type ComparisonInput, type Verdict } from './reproduce/comparison.ts';
export { dataOption, dataSetById, dataSets, type DataSet, type DataSetId } from './reproduce/data.ts';
export { recipes, reproduceOn, reproductionIds, type ReproduceOptions } from './reproduce/reproduce.ts';
export type {
  Chart, ChartAxis, ChartSeries, DataSets, Recipe as ReproductionRecipe, Reproduction, Section,
} from './reproduce/reproduction.ts';
export { designOf, gridDesign, isoflopDesign, type GridOptions, type IsoflopOptions } from './simulate/design.ts';
export { describeNoise } from './simulate/noise.ts';
export { parseCounts, parseDeviation, parseOutliers, parseTruth } from './simulate/spec.ts';
export { syntheticSweep, type Recipe } from './simulate/recipe.ts';
export type { Estimate, Recovery } from './simulate/recovery.ts';
export { simulateOn, type SimulateOptions, type Simulation } from './simulate/simulation.ts';
export { truthOfFit } from './simulate/truth.ts';
export type { ReplicateOptions, Replicates } from './stats/fits.ts';
export { compareLawsOn } from './stats/compare.ts';
export { comparableLaws } from './stats/compare-fits.ts';
export type { CompareOptions } from './stats/compare-options.ts';
export type { Difference, LawPair, Measure } from './stats/compare-pairs.ts';
export type { ComparedLaw, LawComparison } from './stats/compare-result.ts';
export type { RolloutStep, RolloutSteps } from './stats/compare-steps.ts';
export { influenceOn } from './stats/influence.ts';
export { groupsBy, type Group } from './stats/joined.ts';
export { multipliersOn, type DataFactor, type Multiplier, type MultiplierAt, type MultiplierOptions } from './stats/multiplier.ts';
export type { Choice, ChoiceKind, OtherCount } from './stats/choices.ts';
export { sensitivityOn, type Move, type Sensitivity, type SensitivityOptions, type Variant } from './stats/sensitivity.ts';
export type { Answer, Answers } from './stats/answers.ts';
export { emergenceOf, type Emergence, type EmergenceOptions, type EmergencePoint, type RulerReading } from './stats/emergence.ts';
export { coverageOf, type Coverage, type CoverageOptions, type ModelCoverage, type ModelTrade } from './stats/coverage.ts';
export {
  excessOf, landscapeOn, landscapePairs, profileNames, profileOn,
  type Axis, type AxisName, type Landscape, type LandscapeOptions, type LandscapePair, type Profile, type ProfileOptions, type Solved,
} from './stats/landscape.ts';
export { planOf, type BudgetPlan, type Plan, type PlanBasis, type PlanOptions, type SizingRule, type TargetPlan } from './stats/plan.ts';
export type * from './types.ts';
export { version } from './version.ts';

/**
 * Opens a backend for several fits (`fitOn`); close it after use. "auto": a hardware GPU, else the CPU.
 * @throws BackendError where "gpu" was asked for and there is none.
 */
export function openBackend(choice: BackendChoice = 'auto'): Promise<Backend> {
  return openBackendOn(browserPlatform, choice);
}

/**
 * Fits a law to a sweep: E, A, B, alpha, beta of L(N, D) = E + A/N^alpha + B/D^beta by default, with the certificate.
 * @throws InputError for a sweep or an option that cannot be used; BackendError where "gpu" was asked for and there is none.
 */
export function fit(sweep: Sweep, options: FitOptions = {}): Promise<Fit> {
  return fitOpening(openBackend, sweep, options);
}

/** Compares laws on the same runs, each with its fit, and says which to take. @throws as `compareLawsOn` and `openBackend` do. */
export function compareLaws(sweep: Sweep, options: CompareOptions = {}): Promise<LawComparison> {
  return compareLawsOpening(openBackend, sweep, options);
}
