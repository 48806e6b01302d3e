using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Berth.Bench.Policies;

// In this process: the usual tool chain builds a project of its own, and that needs packages from elsewhere.
var config = DefaultConfig.Instance
    .AddJob(Job.Default.WithIterationCount(15).WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(EvaluatorBenchmark).Assembly).Run(args, config);
