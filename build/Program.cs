using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Qcw.Build.Host;
using Spectre.Console;

TextWriter answers = Console.Out;
if (OptionParser.WantsJson(args))
{
    // a program reads what is printed: all that is meant for people goes elsewhere
    Console.SetOut(Console.Error);
}

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
    CakeHost host = new CakeHost() // it looks for tasks in the program's own assembly
        .UseContext<HostContext>()
        .UseLifetime<BuildLifetime>()
        .UseTaskLifetime<TaskLogLifetime>()
        // Cake's plain console and table: a release of Cake.Frosting may prefer others, which draw boxes, in a pipe too
        .ConfigureServices(services => services
            .AddSingleton(setup)
            .AddSingleton(outcome)
            .AddSingleton<IConsole, CakeConsole>()
            .AddSingleton<ICakeReportPrinter, CakeReportPrinter>()
            .AddSingleton(AnsiConsole.Console));
    if (SideBySide.IsAskedFor(setup.Options, setup.Graph))
    {
        host.ConfigureServices(services => services
            .AddSingleton(messages)
            .AddSingleton<CakeReportPrinter>()
            .AddSingleton<SideBySideReport>()
            .AddSingleton<ICakeReportPrinter>(provider => provider.GetRequiredService<SideBySideReport>())
            .AddSingleton<IExecutionStrategy, SideBySide>());
    }

    int code = host.Run(setup.Options.CakeArguments);
    foreach (string line in outcome.Summary)
    {
        messages.Info(line);
    }

    if (outcome.Answer is { } answer)
    {
        answers.Write(answer);
    }

    if (outcome.Failure is { } failure)
    {
        string? advice = failure is BuildException ? null : FolderProblems.Explain(failure);
        if (advice is not null)
        {
            Console.Error.WriteLine("error: " + advice); // Cake has printed what .NET says
        }

        messages.Annotate(advice ?? failure.Message);
    }

    return outcome.Failure is UsageException ? ExitCode.WrongUsage : code == 0 ? ExitCode.Done : ExitCode.Failed;
}
catch (BuildException e)
{
    Console.Error.WriteLine("error: " + e.Message);
    messages.Annotate(e.Message);
    return e is UsageException ? ExitCode.WrongUsage : ExitCode.Failed;
}
catch (Exception e) when (FolderProblems.Explain(e) is { } advice)
{
    Console.Error.WriteLine("error: " + advice);
    messages.Annotate(advice);
    return ExitCode.Failed;
}
