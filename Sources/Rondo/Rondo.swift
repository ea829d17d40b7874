// One import for everything but the recipes and the program.
@_exported import RondoCheckpoints
@_exported import RondoData
@_exported import RondoDecoding
@_exported import RondoLayers
@_exported import RondoMetrics
@_exported import RondoModels
@_exported import RondoPlots
@_exported import RondoTensor
@_exported import RondoText
@_exported import RondoTraining
