namespace Qcw.Build.Core;

/// <summary>A program of the host that the build starts.</summary>
/// <param name="Name">The catalog's name for it, usually the command.</param>
/// <param name="Commands">Names or full paths to look for, first found wins.</param>
/// <param name="DebianPackage">What <c>apt-get install</c> takes: one package, or several separated by spaces.</param>
/// <param name="Purpose">What it is needed for, a few words.</param>
public sealed record Tool(string Name, IReadOnlyList<string> Commands, string DebianPackage, string Purpose)
{
    /// <summary>Arguments that make it print its version.</summary>
    public IReadOnlyList<string> VersionArguments { get; init; } = ["--version"];

    /// <summary>The lowest version that works, or null.</summary>
    public Version? Minimum { get; init; }

    /// <summary>True: used when present, not asked for.</summary>
    public bool Optional { get; init; }

    /// <summary>True: although optional, <c>--install-tools</c> installs it, because the build has to help itself otherwise.</summary>
    public bool Welcome { get; init; }

    /// <summary>
    /// Packages that come with it and that something of goes into what it makes: headers, start-up code, stubs, templates.
    /// </summary>
    public IReadOnlyList<string> PartPackages { get; init; } = [];

    /// <summary>How to get it where there is no Debian.</summary>
    public string Elsewhere { get; init; } = "your system's package manager";
}

/// <summary>What was found of a tool.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Path">Full path, or null where it is missing.</param>
/// <param name="VersionText">The first line that it printed about its version; empty where it is missing.</param>
/// <param name="Version">The number in that line, or null.</param>
public sealed record FoundTool(Tool Tool, string? Path, string VersionText, Version? Version)
{
    /// <summary>Why it cannot be used although it is there; null where it starts.</summary>
    public string? Problem { get; init; }

    /// <summary>True where it is there, runs, and is new enough.</summary>
    public bool Fits => Path is not null && Problem is null && (Tool.Minimum is null || (Version is not null && Version >= Tool.Minimum));
}
