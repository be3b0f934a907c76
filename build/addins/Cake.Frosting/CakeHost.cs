using System.Reflection;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Collects services and tasks, then runs what the command line asks for.</summary>
public sealed class CakeHost
{
    private readonly IServiceCollection services = HostServices.Create();

    // not a set: the package takes the tasks of an assembly that is added twice twice, and the engine refuses the second
    private readonly List<Assembly> assemblies = [];

    /// <summary>A host that knows the tasks of the program's own assembly.</summary>
    public CakeHost()
    {
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            assemblies.Add(entry);
        }
    }

    /// <summary>Adds the public tasks of one more assembly.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        assemblies.Add(assembly);
        return this;
    }

    /// <summary>Registers services; for a service registered twice, the later one counts.</summary>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        services(this.services);
        return this;
    }

    /// <summary>Runs the targets named by the arguments.</summary>
    /// <returns>0 when everything succeeded, the <see cref="Core.CakeException.ExitCode"/> of what failed (1 for any other exception), -1
    /// when the arguments cannot be parsed.</returns>
    public int Run(IEnumerable<string> args)
    {
        foreach (var task in assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsTask))
        {
            services.AddSingleton(typeof(IFrostingTask), task);
        }

        return new CommandApp<HostCommand>().WithData(services).Run(args);
    }

    private static bool IsTask(Type type) =>
        type.IsAssignableTo(typeof(IFrostingTask)) && type is { IsClass: true, IsAbstract: false };
}
