/** The public names, types too, written out: adding or removing one is a decision, and shows in review. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exportedNames } from '../support/imports.ts';

const INDEX: readonly string[] = [
  'Again', 'againOf', 'Axis', 'AxisName', 'Backend', 'BackendChoice', 'BackendError', 'biasInSpreads', 'Bootstrap', 'BootstrapKind', 'bootstrapOn', 'BoundHeld',
  'BootstrapOptions', 'Certificate', 'ComputeMeans', 'computeOf', 'costOf', 'describeNoise', 'Design', 'designOf', 'deviceById', 'Device', 'devices',
  'Dropped', 'Estimate', 'excessOf', 'Figure', 'filledValues', 'FilterOptions', 'filterSweep', 'fit', 'Fit', 'FitJson', 'fitOn',
  'FitOptions', 'fitResamples', 'flatness', 'Flatness', 'formatCount', 'formatEstimate', 'formatFactor', 'formatInteger', 'formatLevel', 'formatNumber', 'formatPower',
  'formatProportion', 'formatSeconds', 'formatShare', 'frontier', 'frontierExponents', 'FrontierPoint', 'gridDesign', 'GridOptions',
  'htmlReport', 'HtmlReportOptions', 'reportFigures', 'ReportFigure', 'ReportFiguresOptions',
  'curveFigure', 'FurtherRole', 'SweepColumns', 'Model', 'rolesLacking', 'runAt', 'comparableLaws', 'verdictOnShared',
  'Influence', 'influenceOn', 'InfluenceOptions', 'InputError', 'Interval', 'IntervalKind', 'isoflopDesign',
  'IsoflopOptions', 'isoflopSlices', 'IsoflopSlice', 'isolossFigure', 'IsolossOptions', 'Landscape', 'landscapeFigure', 'LandscapeFigureOptions',
  'landscapeOn', 'LandscapeOptions', 'LandscapePair', 'landscapePairs', 'lawFormula', 'lawIds', 'lawPairs', 'LeftOut', 'meaningOf',
  'LookOptions', 'LossId', 'lossIds', 'LossOptions', 'MethodsOptions', 'methodsText', 'Noise', 'openBackend', 'OpenOptions', 'openTable', 'OpenTable',
  'paperDesign', 'paperReplica', 'Params', 'parseCounts', 'parseDeviation', 'parseLines', 'parseOutliers', 'parseTruth', 'Place', 'predictLoss', 'predictLosses', 'printedMinus', 'Probe', 'Profile', 'profileNames',
  'profileOn', 'ProfileOptions', 'Progress', 'publishedTruth', 'publishedTruthIds', 'readCount', 'ReadOptions',
  'readSweep', 'Recipe', 'Recovery', 'recoveryCsv', 'refit', 'ReplicaOptions', 'ReplicateOptions', 'Replicates', 'replicatesCsv', 'resampleOn', 'ResampleOptions', 'Resampling', 'resummarise', 'Role',
  'IsoflopFigureOptions', 'PairsOptions', 'RatioFigureOptions', 'ScalingFigureOptions', 'Simulated', 'simulationJson', 'SimulationJson', 'SpeedSeries', 'TrainedModel', 'distributionsFigure', 'isoflopFigure', 'pairsFigure', 'predictedFigure', 'ratioFigure', 'residualsFigure', 'scalingFigure', 'simulationFigure', 'speedFigure', 'flatnessFigure', 'FlatnessFigureOptions', 'chartTexts', 'comparedTruths', 'namedEnds', 'pairChart', 'ChartName', 'RUNS', 'runsCsv', 'sandwichOn', 'SandwichOptions', 'ShaderError', 'showLines', 'simulateOn', 'SimulateOptions',
  'Simulation', 'Solved', 'SummaryOptions', 'Sweep', 'syntheticSweep', 'TablePreview', 'Termination', 'TERMINATION', 'ThemeName',
  'toJson', 'TrainingCost', 'TrainingHardware', 'Truth', 'truthOfFit', 'version', 'WellKnownModel', 'wellKnownModels',
  'Written',
  'Approach', 'ApproachNumber', 'approachesOn', 'Approaches', 'ApproachesInput', 'ApproachesOptions', 'ApproachResult', 'OptimumAt',
  'envelope', 'Envelope', 'EnvelopeOptions', 'EnvelopePoint', 'isoflopApproach', 'IsoflopApproach', 'IsoflopApproachOptions',
  'IsoflopProfile', 'Parabola', 'fitPowerLaw', 'powerAt', 'PowerLaw', 'parabolaShift', 'sweepShift', 'EvenSlice', 'ParabolaShift',
  'SweepShift', 'finalRuns', 'readCurves', 'ReadCurvesOptions', 'TrainingCurve', 'TrainingCurves', 'approachFigures', 'htmlApproaches',
  'HtmlApproachesOptions', 'htmlReproductions', 'reproductionFigures', 'HtmlReproductionsOptions', 'envelopeFigure', 'approachesFigure',
  'isoflopProfilesFigure', 'seriesFigure', 'APPROACHES', 'approachesJson', 'approachesText', 'ApproachesJson', 'reproductionsJson', 'reproductionsText',
  'ReproductionsJson', 'countVerdicts', 'formatComparedRatio', 'formatOurs', 'formatPublished', 'formatVerdicts', 'groupsOf', 'reasonsOf',
  'ComparisonGroup', 'VerdictCounts', 'compare', 'Comparison', 'ComparisonInput', 'Verdict', 'dataOption', 'dataSetById', 'dataSets',
  'DataSet', 'DataSetId', 'recipes', 'reproduceOn', 'reproductionIds', 'ReproduceOptions', 'Chart', 'ChartAxis', 'ChartSeries', 'DataSets',
  'ReproductionRecipe', 'Reproduction', 'Section',
  'planOf', 'BudgetPlan', 'Plan', 'PlanBasis', 'PlanOptions', 'SizingRule', 'TargetPlan', 'Answer', 'Answers', 'planJson', 'planText', 'planWarnings',
  'PlanReport', 'publishedDecay', 'publishedRules', 'rangesOf', 'Columns', 'Aside', 'Decay', 'Demand', 'Priced', 'Family', 'NearShape', 'Affordable',
  'Cluster', 'Limits', 'TrainingRun',
  'htmlPlan', 'HtmlPlanOptions', 'planFigures', 'devicesFigure', 'epochsFigure', 'epochValueFigure', 'Repeated', 'modelsFigure', 'ModelsFigureOptions',
  'bootstrapKinds', 'intervalKinds', 'lossOf', 'computeWithin', 'betweenFailures', 'goodputOf', 'sandwichResampling', 'Sandwich', 'hasIntervals',
  'publishedGranularity', 'publishedRouting', 'publishedSparsity',
  'publishedPrecision', 'publishedQuantising', 'penaltyFigure', 'PenaltyFigureOptions', 'servingFigure', 'ServingFigureOptions', 'contextFigure', 'ContextFigureOptions', 'bitsFigure', 'BitsFigureOptions', 'expertsFigure', 'granularityFigure', 'sparsityFigure',
  'htmlEmergence', 'HtmlEmergenceOptions', 'emergenceFigure', 'EmergenceFigureOptions', 'publishedErrors', 'PublishedError', 'emergenceScore', 'readingsOf',
  'resolutionOf', 'rulerAt', 'DownstreamError', 'RulerReadings', 'Resolution', 'Ruler', 'RulerShape', 'emergenceJson', 'emergenceText', 'EmergenceReport',
  'htmlSamples', 'HtmlSamplesOptions', 'coverageFigure', 'CoverageFigureOptions', 'coverageAt', 'fitCoverage', 'samplesFor', 'CoverageFit', 'CoverageLaw',
  'bestOfK', 'passAtK', 'Sampled', 'Verifier', 'readSamples', 'ModelSamples', 'ReadSamplesOptions', 'SampleRole', 'SampleTable', 'sampleCost', 'samplingTrade',
  'Sampler', 'SamplingTrade', 'samplesJson', 'samplesText', 'SamplesReport', 'coverageOf', 'Coverage', 'CoverageOptions', 'ModelCoverage', 'ModelTrade',
  'rulerName', 'verdictText', 'emergenceOf', 'Emergence', 'EmergenceOptions', 'EmergencePoint', 'RulerReading',
  'multiplierFigure', 'sensitivityFigure', 'groupsBy', 'Group', 'multipliersOn', 'DataFactor', 'Multiplier', 'MultiplierAt', 'MultiplierOptions', 'Choice', 'ChoiceKind', 'OtherCount', 'sensitivityOn', 'Move',
  'Sensitivity', 'SensitivityOptions', 'Variant', 'multiplierJson', 'htmlMultipliers', 'multiplierFigures', 'HtmlMultipliersOptions', 'htmlSensitivity', 'sensitivityFigures', 'HtmlSensitivityOptions', 'htmlSimulation', 'simulationFigures', 'HtmlSimulationOptions', 'htmlLandscape', 'HtmlLandscapeOptions', 'profileFigure', 'needSpan', 'needText', 'multiplierSays', 'multiplierText', 'multiplierWarnings', 'choiceText', 'sensitivityJson',
  'sensitivitySays', 'sensitivityText', 'sensitivityWarnings',
  'comparedColumns', 'compareLaws', 'compareLawsOn', 'CompareOptions', 'comparisonFigures', 'htmlComparison', 'HtmlComparisonOptions', 'differencesFigure', 'DifferencesFigureOptions',
  'rolloutFigure', 'comparisonText', 'comparisonJson', 'comparisonSays', 'pairVerdict', 'Difference', 'LawPair', 'Measure', 'ComparedLaw', 'LawComparison', 'RolloutStep',
  'RolloutSteps',
  'fitOfGroup', 'spreadOfGroup', 'resamplingOfGroup', 'FitGroups', 'GroupSpread',
];
/** What isoloss/node adds to them. */
const NODE: readonly string[] = ['CurvesSourceOptions', 'SamplesSourceOptions', 'SourceOptions', 'readCurvesFrom', 'readSamplesFrom', 'readSweepFrom'];

const read = (path: string) => readFileSync(path, 'utf8');

it.skipIf(!existsSync('src/index.ts'))('isoloss exports these names', () => {
  expect(exportedNames('src/index.ts', read)).toEqual(INDEX.toSorted());
});

it.skipIf(!existsSync('src/node.ts'))('isoloss/node exports them and its own', () => {
  expect(exportedNames('src/node.ts', read)).toEqual([...INDEX, ...NODE].toSorted());
});

it('every way to export a name is seen', () => {
  const files: Record<string, string> = {
    'a.ts': `
      import { hidden } from './b.ts';
      export const { one, two: renamed } = hidden;
      export function call() {}
      export class Kind {}
      export interface Shape {}
      export type { Inner as Outer } from './b.ts';
      export * from './b.ts';
      export * as all from './b.ts';
      export default 1;`,
    'b.ts': 'export const hidden = { one: 1, two: 2 }; export type Inner = 1;',
  };
  expect(exportedNames('a.ts', (path) => files[path]!)).toEqual(
    ['Inner', 'Kind', 'Outer', 'Shape', 'all', 'call', 'default', 'hidden', 'one', 'renamed']);
});
