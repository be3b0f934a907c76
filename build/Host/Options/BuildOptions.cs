using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Verifying;

namespace Qcw.Build.Host;

/// <summary>What the command line said. Defaults are here; names and meanings in <see cref="OptionTable"/>.</summary>
public sealed record BuildOptions
{
    /// <summary>The line that the README documents.</summary>
    public const string DefaultLine = "2026.11";

    /// <summary>The target where none is given.</summary>
    public const string DefaultTarget = "Default";

    /// <summary>The targets in the order given.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The line's name.</summary>
    public string Line { get; init; } = DefaultLine;

    /// <summary>What to build for.</summary>
    public Architecture Architecture { get; init; } = Architecture.X64;

    /// <summary>A full path or an http(s) URL, or null.</summary>
    public string? Mirror { get; init; }

    /// <summary>True: the network is not used.</summary>
    public bool Offline { get; init; }

    /// <summary>Full path of a file with certificate authorities, or null for what the environment says.</summary>
    public string? CaFile { get; init; }

    /// <summary>Full path of the private key that SignChecksums signs with, or null.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Full path of the public key that qcw-utils.ps1 verifies releases with, or null: it has none.</summary>
    public string? VerifyKey { get; init; }

    /// <summary>Full path of the folder with the Authenticode signatures of the release, or null: it is not signed.</summary>
    public string? Signatures { get; init; }

    /// <summary>Full path of the certificate that SignatureExtract signs with, or null.</summary>
    public string? Certificate { get; init; }

    /// <summary>Full path of that certificate's key, or its <c>pkcs11:</c> address, or null.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Full path of the library of the device that has the key, or null.</summary>
    public string? KeyModule { get; init; }

    /// <summary>The address of the timestamp service, or null.</summary>
    public Uri? Timestamp { get; init; }

    /// <summary>Full path of the private key that Attest signs with, or null.</summary>
    public string? BuilderKey { get; init; }

    /// <summary>Who attests, or null.</summary>
    public string? BuilderName { get; init; }

    /// <summary>Full path of the provenance whose files are made again, or null.</summary>
    public string? FromProvenance { get; init; }

    /// <summary>Tasks and libraries at a time.</summary>
    public int Parallel { get; init; } = SideBySide.DefaultFor(System.Environment.ProcessorCount);

    /// <summary>Compiler processes at a time, of each component that is compiled.</summary>
    public int Jobs { get; init; } = System.Environment.ProcessorCount;

    /// <summary>A full path or an http(s) URL with outputs of steps, or null.</summary>
    public string? Cache { get; init; }

    /// <summary>True: outputs of steps are put into the cache.</summary>
    public bool CacheWrite { get; init; }

    /// <summary>True: setup programs are packed in seconds, to be tried, and not for the release.</summary>
    public bool Draft { get; init; }

    /// <summary>Downloads at a time.</summary>
    public int Downloads { get; init; } = 4;

    /// <summary>Where to compile.</summary>
    public string Builder { get; init; } = "auto";

    /// <summary>What runs containers.</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>What container images are based on, or null for the one that ContainerBase makes.</summary>
    public BaseReference? ContainerBase { get; init; }

    /// <summary>What a container may use of the machine.</summary>
    public ContainerLimits Limits { get; init; } = ContainerLimits.None;

    /// <summary>True: missing tools are installed before anything else.</summary>
    public bool InstallTools { get; init; }

    /// <summary>True: the recorded firmware versions are looked up again.</summary>
    public bool RefreshFirmware { get; init; }

    /// <summary>The tag that the release is published under; empty: it is not published.</summary>
    public string Tag { get; init; } = string.Empty;

    /// <summary>What Verify verifies, as it was typed, and as a full path or an address; null: not given.</summary>
    public (string Text, string Place)? Published { get; init; }

    /// <summary>What Verify must have checked.</summary>
    public Requirements Requirements { get; init; } = new([], 0);

    /// <summary>Full path of a file with public keys that releases are signed with, or null for those of the repository.</summary>
    public string? PublicKey { get; init; }

    /// <summary>True: Verify has diffoscope describe what differs.</summary>
    public bool Diffoscope { get; init; }

    /// <summary>True: a target that reports prints JSON to standard output, and all else goes to standard error.</summary>
    public bool Json { get; init; }

    /// <summary>Full path of a folder or file with databases of vulnerabilities, or null.</summary>
    public string? Advisories { get; init; }

    /// <summary>The vulnerability that an answer is started for, or null.</summary>
    public string? Answer { get; init; }

    /// <summary>What makes a target fail that reports; null: nothing it finds. Which words there are, the target says.</summary>
    public string? FailOn { get; init; }

    /// <summary>Full path of the folder for output, or null for the default.</summary>
    public string? Artifacts { get; init; }

    /// <summary>True: a release that lacks a file of the line is none.</summary>
    public bool Complete { get; init; }

    /// <summary>The target that Doctor and Mirror look at, the component whose patches are looked at, or null for all.</summary>
    public string? For { get; init; }

    /// <summary>
    /// What patches are held against: a full path, or a name in <see cref="Upstream"/>; null: the line's source. For reports, the folder of
    /// a release; null: they compare with none.
    /// </summary>
    public string? Against { get; init; }

    /// <summary>Full path of a clone of upstream's, or null.</summary>
    public string? Upstream { get; init; }

    /// <summary>The one patch to look at, its name or the number in front of it; null: all.</summary>
    public string? Patch { get; init; }

    /// <summary>Full path of the folder or file that a target writes, or null.</summary>
    public string? To { get; init; }

    /// <summary>The same as it was typed: the version that Update pins, or null.</summary>
    public string? ToText { get; init; }

    /// <summary>True: Update takes other bytes under the name of the pinned version.</summary>
    public bool AcceptChanged { get; init; }

    /// <summary>True: Update writes nothing.</summary>
    public bool Preview { get; init; }

    /// <summary>The form of exported patches.</summary>
    public string Form { get; init; } = "quilt";

    /// <summary>Which tests to run, or null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>True: predecessors of the target are not run.</summary>
    public bool Exclusive { get; init; }

    /// <summary>True: nothing is built; the plan or a list is printed.</summary>
    public bool PlansOnly { get; init; }

    /// <summary>True: draw the graph and nothing else.</summary>
    public bool Tree { get; init; }

    /// <summary>True: print the versions of qcw and Cake and nothing else.</summary>
    public bool Version { get; init; }

    /// <summary>True: print the versions and what they run on, and nothing else.</summary>
    public bool Info { get; init; }

    /// <summary>True: print the help and nothing else.</summary>
    public bool Help { get; init; }

    /// <summary>One-off sources and versions, sorted by component.</summary>
    public IReadOnlyList<SourceOverride> Overrides { get; init; } = [];

    /// <summary>The arguments that are handed on to Cake.</summary>
    public IReadOnlyList<string> CakeArguments { get; init; } = [];

    /// <summary>The options with a change to the one-off of a component.</summary>
    public BuildOptions Override(string component, Func<SourceOverride, SourceOverride> change)
    {
        SourceOverride present = Overrides.FirstOrDefault(one => one.Component == component) ?? new SourceOverride(component, null, null);
        return this with
        {
            Overrides =
            [
                .. Overrides.Where(one => one != present).Append(change(present)).OrderBy(one => one.Component, StringComparer.Ordinal),
            ],
        };
    }
}
