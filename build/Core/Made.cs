using System.Text.Json.Serialization;

namespace Qcw.Build.Core;

/// <summary>What is done to a component, in the order of a build. The names of tasks end in these words or in what they make.</summary>
public enum Phase
{
    /// <summary>Sources and remote patches are downloaded and verified.</summary>
    Fetch,

    /// <summary>The source tree is made and patched.</summary>
    Patch,

    /// <summary>Go modules that the patched source names are downloaded and verified.</summary>
    Modules,

    /// <summary>Programs and libraries are compiled.</summary>
    Compile,

    /// <summary>Documentation is made from the source.</summary>
    Documentation,

    /// <summary>An installer, an archive or a script is made for the release.</summary>
    Package,
}

/// <summary>What a step made: the next step takes it.</summary>
/// <param name="Path">The file or folder, an absolute path.</param>
/// <param name="Hash">The fingerprint of everything that determined it, 64 lower-case hex digits.</param>
/// <param name="By">How it was made.</param>
public sealed record Made(string Path, string Hash, Provenance By)
{
    /// <summary>True where this run made it; false where it was up to date.</summary>
    public bool IsNew { get; init; }

    /// <summary>What an earlier step, perhaps of an earlier run, left at a path.</summary>
    /// <param name="path">The output.</param>
    /// <param name="owner">The component it was made for.</param>
    /// <param name="phase">The phase that makes it.</param>
    /// <exception cref="NotMadeException">It is not there.</exception>
    public static Made Read(string path, string owner, Phase phase) =>
        Stamp.Read(path) is { } stamp && System.IO.Path.Exists(path)
            ? new Made(path, stamp.Hash, stamp.By)
            : throw new NotMadeException(owner, phase, $"{path} has not been made yet");
}

/// <summary>What a step makes when somebody needs it. What determines it is known before, and may be all that is asked for.</summary>
/// <param name="Path">The file or folder, an absolute path; it need not be there.</param>
/// <param name="Hash">The fingerprint of everything that determines it, 64 lower-case hex digits.</param>
/// <param name="By">How it is made.</param>
/// <param name="Make">Makes it, unless it is up to date. May be called more than once.</param>
public sealed record Planned(string Path, string Hash, Provenance By, Func<Made> Make)
{
    /// <summary>What is there already.</summary>
    public static Planned Of(Made made) => new(made.Path, made.Hash, made.By, () => made);
}

/// <summary>An earlier step has not run. Whoever knows the graph of tasks adds which target makes what is missing.</summary>
/// <param name="owner">The component, or the library.</param>
/// <param name="phase">The phase that has not run.</param>
/// <param name="message">What is missing.</param>
public sealed class NotMadeException(string owner, Phase phase, string message) : BuildException(message)
{
    /// <summary>The component, or the library.</summary>
    public string Owner { get; } = owner;

    /// <summary>The phase that has not run.</summary>
    public Phase Phase { get; } = phase;
}

/// <summary>
/// How something was made, as far as its bytes do not tell: each step adds its own part to that of the steps before. Everything is sorted
/// by name, so that the same build writes the same record.
/// </summary>
public sealed record Provenance
{
    /// <summary>Nothing is known, or there is nothing to tell.</summary>
    public static Provenance None { get; } = new();

    /// <summary>The sources of everything inside: components and the libraries that they were compiled against.</summary>
    public IReadOnlyList<SourceRecord> Sources { get; init; } = [];

    /// <summary>The patches on these sources, in the order in which they were applied.</summary>
    public IReadOnlyList<PatchRecord> Patches { get; init; } = [];

    /// <summary>Names of the line's libraries that it was compiled against.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>The programs that made it: name to what they print about their version.</summary>
    public IReadOnlyDictionary<string, string> Tools { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The packages that these tools are from. A tool that has none here is of no package, or was used before packages were recorded.
    /// </summary>
    public IReadOnlyList<ToolPackage> Packages { get; init; } = [];

    /// <summary>Digests of the layers of each image that a container with compilers was based on; empty: there was none.</summary>
    public IReadOnlyList<string> BaseImages { get; init; } = [];

    /// <summary>The packages that its firmware is from.</summary>
    public IReadOnlyList<ToolPackage> FirmwarePackages { get; init; } = [];

    /// <summary>The Go modules that were fetched for it and are linked in; none where the source carries them.</summary>
    public IReadOnlyList<ModuleRecord> Modules { get; init; } = [];

    /// <summary>Name and version of each package of MSYS2 that it was compiled with; empty: MSYS2 was not used.</summary>
    public IReadOnlyList<string> Msys2Packages { get; init; } = [];

    /// <summary>The firmware packages that went in: name to version.</summary>
    public IReadOnlyDictionary<string, string> Firmware { get; init; } = new Dictionary<string, string>();

    /// <summary>This and others in one. Of a tool that two records name, the first record's version counts.</summary>
    public Provenance With(params IEnumerable<Provenance> others)
    {
        Provenance[] all = [this, .. others];
        return new Provenance
        {
            Sources = [.. all.SelectMany(one => one.Sources).Distinct().OrderBy(source => source.Name, StringComparer.Ordinal)],
            Patches = [.. all.SelectMany(one => one.Patches).Distinct().OrderBy(patch => patch.Component, StringComparer.Ordinal)],
            Libraries = Names(all.SelectMany(one => one.Libraries)),
            Tools = Versions(all.SelectMany(one => one.Tools)),
            Packages = [.. all.SelectMany(one => one.Packages).Distinct().OrderBy(package => package.ToString(), StringComparer.Ordinal)],
            FirmwarePackages =
            [
                .. all.SelectMany(one => one.FirmwarePackages).Distinct().OrderBy(package => package.ToString(), StringComparer.Ordinal),
            ],
            Modules = [.. all.SelectMany(one => one.Modules).Distinct().OrderBy(module => module.ToString(), StringComparer.Ordinal)],
            BaseImages = Names(all.SelectMany(one => one.BaseImages)),
            Msys2Packages = Names(all.SelectMany(one => one.Msys2Packages)),
            Firmware = Versions(all.SelectMany(one => one.Firmware)),
        };
    }

    /// <summary>This and the version of one more tool.</summary>
    public Provenance WithTool(string name, string version) =>
        With(new Provenance { Tools = new Dictionary<string, string> { [name] = version } });

    private static string[] Names(IEnumerable<string> names) => [.. names.Distinct().Order(StringComparer.Ordinal)];

    private static SortedDictionary<string, string> Versions(IEnumerable<KeyValuePair<string, string>> versions)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string version) in versions)
        {
            sorted.TryAdd(name, version);
        }

        return sorted;
    }
}

/// <summary>A source that went into something.</summary>
/// <param name="Name">The component or library.</param>
/// <param name="Version">Upstream's version text.</param>
/// <param name="Pin">What identifies the bytes: a checksum, a signing key, a commit.</param>
/// <param name="Location">Where upstream has it.</param>
public sealed record SourceRecord(string Name, string Version, string Pin, string Location)
{
    /// <summary>
    /// Where this build fetched it from: an address, or that it was a mirror; null: not known, or a folder of this machine.
    /// </summary>
    public string? ServedBy { get; init; }
}

/// <summary>A patch on such a source.</summary>
/// <param name="Component">The source's component.</param>
/// <param name="Name">The patch file's name without its ending; of a patch of Debian's, its name below <c>debian/patches</c>.</param>
/// <param name="Sha256">Of the patch's bytes, 64 lower-case hex digits.</param>
public sealed record PatchRecord(string Component, string Name, string Sha256)
{
    /// <summary>The file of Debian's source package that it was taken from; null: it is a file of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? From { get; init; }
}

/// <summary>A Go module that was fetched for a component.</summary>
/// <param name="Component">The component.</param>
/// <param name="Path">Its path: <c>golang.org/x/sys</c>.</param>
/// <param name="Version">As in <c>go.mod</c>: <c>v0.15.0</c>.</param>
/// <param name="Sum">What <c>go.sum</c> says of it: <c>h1:</c> and a sha256 in base64.</param>
public sealed record ModuleRecord(string Component, string Path, string Version, string Sum);
