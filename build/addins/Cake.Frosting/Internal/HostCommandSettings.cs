using System.ComponentModel;
using Cake.Core.Diagnostics;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The options that the host itself understands; the names are those of the package.</summary>
internal sealed class HostCommandSettings : CommandSettings
{
    [CommandOption("--target|-t|--Target <TARGET>")]
    [DefaultValue("Default")]
    [Description("A task to run, after what it depends on. May be given several times.")]
    public string[] Targets { get; init; } = [];

    [CommandOption("--verbosity|-v <VERBOSITY>")]
    [TypeConverter(typeof(Cli.VerbosityConverter))]
    [DefaultValue(Verbosity.Normal)]
    [Description("How much to print: quiet, minimal, normal, verbose or diagnostic.")]
    public Verbosity Verbosity { get; init; }

    [CommandOption("--description|--descriptions|--showdescription|--showdescriptions")]
    [Description("List the tasks and what each does.")]
    public bool Description { get; init; }

    [CommandOption("--tree|--showtree")]
    [Description("Show which task depends on which.")]
    public bool Tree { get; init; }

    [CommandOption("--dryrun|--noop|--whatif")]
    [Description("List what would run, in order, and run none of it.")]
    public bool DryRun { get; init; }

    [CommandOption("--exclusive|-e")]
    [Description("Run the target without what it depends on.")]
    public bool Exclusive { get; init; }
}
