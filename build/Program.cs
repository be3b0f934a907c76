using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Qcw.Build.Components;
using Qcw.Build.Host;

var messages = BuildLog.ForConsole();
if (Console.IsOutputRedirected)
{
    // Cake decides by TERM, which a pipe or a CI log inherits; colour codes in a file are noise
    Environment.SetEnvironmentVariable("NO_COLOR", "1");
}

try
{
    BuildSetup? setup = Startup.Prepare(args, messages);
    if (setup is null)
    {
        return ExitCode.Done;
    }

    var outcome = new Outcome();
    int code = new CakeHost()
        .AddAssembly(typeof(BuildContext).Assembly)
        .UseContext<BuildContext>()
        .UseLifetime<BuildLifetime>()
        .ConfigureServices(services => services.AddSingleton(setup).AddSingleton(outcome))
        .Run(setup.Options.CakeArguments);
    return outcome.Failure is UsageException ? ExitCode.WrongUsage : code == 0 ? ExitCode.Done : ExitCode.Failed;
}
catch (BuildException e)
{
    Console.Error.WriteLine("error: " + e.Message);
    return e is UsageException ? ExitCode.WrongUsage : ExitCode.Failed;
}
