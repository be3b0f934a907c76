using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>
/// What Cake.Docker wants of Cake: where programs run. It does not need Cake to be running, because engines are asked before Cake starts.
/// </summary>
internal sealed class EngineContext(IProcessRunner runner) : ICakeContext
{
    private static readonly FileSystem Files = new();
    private static readonly CakeEnvironment Machine = new(new CakePlatform(), new CakeRuntime());
    private static readonly Globber Patterns = new(Files, Machine);
    private static readonly CakeConfiguration Settings = new(new Dictionary<string, string>());
    private static readonly NullLog Silence = new();

    public IFileSystem FileSystem => Files;

    public ICakeEnvironment Environment => Machine;

    public IGlobber Globber => Patterns;

    public ICakeLog Log => Silence;

    public ICakeArguments Arguments { get; } = new CakeArguments(Array.Empty<string>().ToLookup(name => name));

    public IProcessRunner ProcessRunner => runner;

    public IRegistry Registry => throw new NotSupportedException("a container engine is not looked up in the registry");

    public IToolLocator Tools { get; } =
        new ToolLocator(Machine, new ToolRepository(Machine), new ToolResolutionStrategy(Files, Machine, Patterns, Settings, Silence));

    public ICakeDataResolver Data { get; } = new CakeDataService();

    public ICakeConfiguration Configuration => Settings;

    public IToolInstaller ToolInstaller => throw new NotSupportedException("a container engine is not installed by Cake");

    public IServiceProvider ServiceProvider => throw new NotSupportedException("a container engine needs no services of Cake");
}
