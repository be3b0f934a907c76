using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Modules;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cake.Frosting.Internal;

/// <summary>The services of a host before the build adds its own.</summary>
internal static class HostServices
{
    public static IServiceCollection Create()
    {
        var services = new ServiceCollection();
        new CoreModule().Register(new ContainerRegistrar(services));

        services.AddSingleton<IConsole, CakeConsole>();
        services.AddSingleton<ICakeLog, CakeBuildLog>();
        services.AddSingleton<ICakeReportPrinter, CakeReportPrinter>();
        services.AddSingleton(_ => AnsiConsole.Console);
        services.AddSingleton(CreateConfiguration);

        services.AddSingleton<BuildScriptHost<IFrostingContext>>();
        services.AddSingleton<DryRunScriptHost<IFrostingContext>>();
        services.AddSingleton<TreeScriptHost>();
        services.AddSingleton<DescriptionScriptHost>();

        services.AddSingleton<IFrostingContext, FrostingContext>();
        services.AddSingleton<TaskRegistration>();
        return services;
    }

    /// <summary>CAKE_* environment variables, <c>cake.config</c> and the command line, the last winning.</summary>
    private static ICakeConfiguration CreateConfiguration(IServiceProvider services)
    {
        var environment = services.GetRequiredService<ICakeEnvironment>();
        var arguments = services.GetRequiredService<ICakeArguments>().GetArguments()
            .ToDictionary(argument => argument.Key, argument => argument.Value.Last(), StringComparer.OrdinalIgnoreCase);
        return new CakeConfigurationProvider(services.GetRequiredService<IFileSystem>(), environment)
            .CreateConfiguration(environment.WorkingDirectory, arguments);
    }
}
