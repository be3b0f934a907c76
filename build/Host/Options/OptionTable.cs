using System.Globalization;
using Qcw.Build.Advising;
using Qcw.Build.Caching;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Components;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Verifying;

namespace Qcw.Build.Host;

/// <summary>The one place that defines options and environment variables: parsing, refusal and help all read it.</summary>
public static class OptionTable
{
    /// <summary>Every option, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        new("target", "TARGET", "What to make; may be given several times.",
            (options, value) => options with { Targets = [.. options.Targets, value.Text] })
        {
            Default = BuildOptions.DefaultTarget, Letter = 't', ForCake = true,
        },
        new("line", "LINE", "The set of versions to build: a file of build/Catalog/Versions.",
            (options, value) => options with { Line = value.Text })
        {
            Default = BuildOptions.DefaultLine,
        },
        new("arch", "ARCH", "The processor to build for; only the Go programs are built for arm64.",
            (options, value) => options with { Architecture = Architecture.Of(value.Text) })
        {
            Default = Architecture.X64.Name, Allowed = [.. Architecture.All.Select(architecture => architecture.Name)],
        },
        new(
            "mirror",
            "DIR|URL",
            "Look for inputs in this folder or under this URL before going upstream. With Mirror: the folder to write.",
            (options, value) => options with { Mirror = value.FullPathOrUrl }),
        new("offline", null, "Never use the network; what is missing is listed with its URL.",
            (options, value) => options with { Offline = value.IsOn }),
        new("ca-file", "FILE", "Trust the certificate authorities in this PEM file instead of the system's, for all downloads.",
            (options, value) => options with { CaFile = value.FullPath })
        {
            Default = TrustedAuthorities.Variable,
        },
        new(
            "parallel",
            "N",
            "Make N components and libraries at a time, where none needs the other; 1: one after the other.",
            (options, value) => options with { Parallel = value.ToCount() })
        {
            Bare = SideBySide.NumberFor(System.Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture),
            Default = "half the processors, at least 2, on a machine with more than 2; else 1",
        },
        new("jobs", "N", "Compile N files of a component at a time.", (options, value) => options with { Jobs = value.ToCount() })
        {
            Default = "the number of processors",
        },
        new("downloads", "N", "Download N files at a time.", (options, value) => options with { Downloads = value.ToCount() })
        {
            Default = "4",
        },
        new(
            "cache",
            "DIR|URL",
            "Take what was compiled and packaged elsewhere from this folder or Bazel remote cache; each file is verified by its sha256.",
            (options, value) => options with { Cache = value.FullPathOrUrl })
        {
            Default = StepCache.Variable + "; without it everything is made here",
        },
        new("cache-write", null, "With --cache: put what is compiled and packaged here into it.",
            (options, value) => options with { CacheWrite = value.IsOn }),
        new(
            "draft",
            null,
            "Pack setup programs in seconds instead of small, into artifacts/drafts: to try a change. Not for a release.",
            (options, value) => options with { Draft = value.IsOn }),
        new("builder", "BUILDER", "Where to compile. With Matrix, the builder that its jobs use (host or msys2).",
            (options, value) => options with { Builder = value.Text })
        {
            Default = "auto", Allowed = ["auto", "msys2", "container", "host"], Experimental = ["msys2"],
        },
        new("engine", "ENGINE", "What runs the containers of --builder=container and msys2.",
            (options, value) => options with { Engine = value.Text })
        {
            Default = "auto", Allowed = ["auto", "docker", "podman"],
        },
        new(
            "container-base",
            "BASE",
            "Install the container's compilers into this: IMAGE@sha256:DIGEST, the id of an image, or a tar archive.",
            (options, value) => options with { ContainerBase = BaseReference.Parse(value.Text, value.Folder) })
        {
            Default = "what ContainerBase makes",
        },
        new("memory", "SIZE", "With --builder=container or msys2: use at most this much memory, as in 4g.",
            (options, value) => options with { Limits = options.Limits with { Memory = ContainerLimits.MemoryOf(value.Text) } })
        {
            Default = "all",
        },
        new("cpus", "N", "With --builder=container or msys2: use at most this many processors, as in 1.5.",
            (options, value) => options with { Limits = options.Limits with { Cpus = ContainerLimits.CpusOf(value.Text) } })
        {
            Default = "all",
        },
        new("install-tools", null, "Install missing tools with apt-get (Debian and Ubuntu, as root or with sudo).",
            (options, value) => options with { InstallTools = value.IsOn }),
        new("refresh-firmware", null, "Take the firmware packages that Debian has today instead of the recorded ones.",
            (options, value) => options with { RefreshFirmware = value.IsOn }),
        new("tag", "TAG", "The tag that the release is published under: qcw-utils.ps1 downloads from there, and Manifests needs it.",
            (options, value) => options with { Tag = value.ToTag() })
        {
            Default = "no default; without it qcw-utils.ps1 works offline only",
        },
        new("signing-key", "FILE", "With SignChecksums: the Ed25519 private key, without a passphrase; keep it out of the repository.",
            (options, value) => options with { SigningKey = value.FullPath })
        {
            Default = SignChecksums.Variable,
        },
        new("verify-key", "FILE", "The public key (qcw-p256.pem of SignChecksums) that qcw-utils.ps1 -Verify has inside.",
            (options, value) => options with { VerifyKey = value.FullPath })
        {
            Default = UtilsScript.KeyVariable + "; without it qcw-utils.ps1 verifies no signature",
        },
        new("signatures", "DIR", "The Authenticode signatures of the release, which are attached to it. SignatureExtract writes them.",
            (options, value) => options with { Signatures = value.FullPath })
        {
            Default = "the release is not signed",
        },
        new("certificate", "FILE", "With SignatureExtract: sign with this certificate for code (PEM, with those of its authorities).",
            (options, value) => options with { Certificate = value.FullPath })
        {
            Default = SignatureExtract.CertificateVariable,
        },
        new("certificate-key", "FILE|URI", "With SignatureExtract: its private key (PEM), or the pkcs11: address of one in a device.",
            (options, value) => options with { CertificateKey = SignatureExtract.KeyOf(value.Text, value.FullPath) })
        {
            Default = SignatureExtract.KeyVariable,
        },
        new("key-module", "FILE", "With SignatureExtract and a pkcs11: key: the device's library (PKCS #11).",
            (options, value) => options with { KeyModule = value.FullPath }),
        new("timestamp", "URL", "With SignatureExtract: the timestamp service (RFC 3161), so that signatures outlive the certificate.",
            (options, value) => options with { Timestamp = value.ToWebAddress() })
        {
            Default = "no timestamp",
        },
        new("release", "DIR|URL|TAG", "With Verify: the published release, a folder, the address of one, or a tag of the project's.",
            (options, value) => options with { Published = (value.Text, value.FullPathOrUrl) }),
        new(
            "require",
            "LIST",
            "With Verify: what must be checked; rebuild makes the files again and compares them. "
                + $"Names with commas between them: {string.Join(", ", Requirements.Names.Keys)}.",
            (options, value) => options with
            {
                Requirements = options.Requirements with { Steps = Requirements.Parse(value.Option, value.Text) },
            })
        {
            Default = "sums, and one of signature, attestation, comparison",
        },
        new("builders", "N", "With Verify: at least N trusted builders must attest each file.",
            (options, value) => options with { Requirements = options.Requirements with { Builders = value.ToCount() } })
        {
            Default = "no builder need attest it",
        },
        new(
            "public-key",
            "FILE",
            "With Verify: the public key that signed the release: qcw.pub, allowed_signers or *.pub; not one that came with it.",
            (options, value) => options with { PublicKey = value.FullPath })
        {
            Default = "that in build/Catalog/Versions/keys/release",
        },
        new("diffoscope", null, "With Verify: have diffoscope describe what differs, in full, into a file.",
            (options, value) => options with { Diffoscope = value.IsOn }),
        new("json", null, "With Verify, Advisories and Outdated: print JSON and nothing else to standard output.",
            (options, value) => options with { Json = value.IsOn }),
        new("builder-key", "FILE", "With Attest: the builder's Ed25519 private key, without a passphrase; keep it out of the repository.",
            (options, value) => options with { BuilderKey = value.FullPath }),
        new("builder-name", "NAME", "With Attest: the builder's name, in lower case.",
            (options, value) => options with { BuilderName = value.ToBuilder() }),
        new(
            "from-provenance",
            "FILE",
            "Make again what this provenance.json describes: line, arch, tag and versions come from it; what differs is named.",
            (options, value) => options with { FromProvenance = value.FullPath }),
        new("artifacts", "DIR", "Put all output into this folder.", (options, value) => options with { Artifacts = value.FullPath })
        {
            Default = "artifacts",
        },
        new("complete", null, "With Checksums: fail where a file of the line is missing, instead of leaving it out.",
            (options, value) => options with { Complete = value.IsOn }),
        new(
            "for",
            "TARGET|NAME",
            "With Doctor: only the tools that this target needs; with Mirror: its inputs; with Acceptance and Verify: what it makes. "
                + "With PatchStatus, PatchRefresh and PatchExport: the component whose patches are meant; "
                + "with Advisories: the one to look at; with Outdated and Update: the component or library.",
            (options, value) => options with { For = value.Text })
        {
            Default = "everything",
        },
        new(
            "against",
            "VERSION|REF|PATH",
            "With PatchStatus and PatchRefresh: hold patches against this folder, archive or repository, or a tag or commit of --upstream. "
                + "With Report, and what makes RELEASE-REPORT.html: the folder of the release to compare with.",
            (options, value) => options with { Against = Path.Exists(value.FullPath) ? value.FullPath : value.Text })
        {
            Default = "the source of the line; reports compare with nothing",
        },
        new("upstream", "DIR", "With PatchStatus and PatchRefresh: a clone of the component's repository, with its history.",
            (options, value) => options with { Upstream = value.FullPath }),
        new("patch", "NUMBER|NAME", "With PatchStatus, PatchRefresh and PatchExport: this patch only, as in 0008.",
            (options, value) => options with { Patch = value.Text })
        {
            Default = "all patches",
        },
        new(
            "to",
            "PATH|VERSION",
            "The folder that PatchExport or PatchRefresh makes; with PatchStatus: a file that gets the verdicts as JSON; "
                + "with Update: the version to pin, by default the newest of the same branch.",
            (options, value) => options with { To = value.FullPath, ToText = value.Text }),
        new("accept-changed", null, "With Update: pin an archive that upstream has released again under the same version.",
            (options, value) => options with { AcceptChanged = value.IsOn }),
        new("preview", null, "With Update: show what would change, and write nothing.",
            (options, value) => options with { Preview = value.IsOn }),
        new("form", "FORM", "With PatchExport: for quilt and gbp pq, one mailbox for git am, or mails for git send-email.",
            (options, value) => options with { Form = value.Text })
        {
            Default = "quilt", Allowed = ["quilt", "mbox", "send-email"],
        },
        new(
            "advisories",
            "DIR|FILE",
            "With Advisories: databases of vulnerabilities and Debian's packaging; docs/advisories.md says which.",
            (options, value) => options with { Advisories = value.FullPath })
        {
            Default = "only the packaging that the line takes patches from",
        },
        new("answer", "ID", "With Advisories: print the JSON that starts an answer to this vulnerability.",
            (options, value) => options with { Answer = value.Text }),
        new(
            "fail-on",
            "WHAT",
            $"With Advisories: fail on findings without an answer ({AdvisoryReport.NewOnes}), on all that is open, and on stale answers "
                + $"({AdvisoryReport.AnyOpen}); on both also where a component was not looked at. "
                + "With Outdated: fail where an input is outdated (any), or known to be about security (security).",
            (options, value) => options with { FailOn = value.Text })
        {
            Default = "do not fail on findings",
        },
        new("filter", "EXPRESSION", "With Test and Acceptance: run the tests that match, as dotnet test --filter takes it.",
            (options, value) => options with { Filter = value.Text })
        {
            Default = "all tests",
        },
        new("exclusive", null, "Run the target without its dependencies.", (options, value) => options with { Exclusive = value.IsOn })
        {
            Letter = 'e', ForCake = true,
        },
        new("dryrun", null, "Print which tasks would run, and in which order.", Plans) { ForCake = true },
        new("tree", null, "Draw the graph of tasks.", (options, value) => options with { Tree = value.IsOn }),
        new("description", null, "List the tasks with their descriptions.", Plans) { ForCake = true },
        new("verbosity", "LEVEL", "Cake's log level.", (options, _) => options)
        {
            Default = "normal", Letter = 'v', ForCake = true, Allowed = ["quiet", "minimal", "normal", "verbose", "diagnostic"],
        },
        new("version", null, "Print the versions of qcw and of Cake.", (options, value) => options with { Version = value.IsOn }),
        new("info", null, "Print the versions, where the Cake packages come from, and what this runs on.",
            (options, value) => options with { Info = value.IsOn }),
        new("help", null, "Print this text.", (options, value) => options with { Help = value.IsOn }) { Letter = 'h' },
    ];

    /// <summary>Options that exist once for each component and library of the line; NAME is its name.</summary>
    public static IReadOnlyList<Option> PerComponent { get; } =
    [
        new("NAME-source", "PATH", "A one-off: build NAME from this local archive or folder; the release notes say so.", (options, value) =>
            options.Override(value.Option[..^"-source".Length], one => one with { Path = value.FullPath })),
        new("NAME-version", "VERSION", "With NAME-source: the version to give it.", (options, value) =>
            options.Override(value.Option[..^"-version".Length], one => one with { Version = value.Text })),
    ];

    /// <summary>Environment variables that change what the build does.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Environment { get; } =
    [
        ("CakeAddins", "package or source: how to get the Cake packages (default: packages, else the stand-ins)."),
        ("CCACHE_DIR", "The compiler cache to use, where ccache is installed."),
        ("GOFLAGS, GOMODCACHE, GOPROXY, GOSUMDB", "Go's own settings, passed on: flags, where modules are kept, and where they come from."),
        ("QCW_QEMU_SETUP", "With Acceptance: the QEMU installer to try Podman with, where the release folder has none."),
        ("DOCKER_HOST", "Docker's own setting: where its engine listens."),
        ("MSYS2_ROOT", "With --builder=host on Windows: the folder of MSYS2, where it is not C:\\msys64."),
        ("CI", "If set: no live progress, only plain lines."),
        ("HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY",
            "The proxy for downloads, and what goes without it. Settings of git's and apt's own go before it."),
        (TrustedAuthorities.Variable, "The same as --ca-file."),
        (StepCache.Variable, "The same as --cache; an address with a password in it is best given here."),
        (SignChecksums.Variable, "The same as --signing-key."),
        (UtilsScript.KeyVariable, "The same as --verify-key."),
        (SignatureExtract.CertificateVariable, "The same as --certificate."),
        (SignatureExtract.KeyVariable, "The same as --certificate-key."),
        (SignatureExtract.PassphraseVariable, "With SignatureExtract: the passphrase of the certificate's key, or the device's PIN."),
    ];

    /// <summary>
    /// The option of that name or letter; one that is there for each component has its name in place of NAME; null: there is none.
    /// </summary>
    public static Option? Find(string name) =>
        All.FirstOrDefault(option =>
            option.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || (name.Length == 1 && option.Letter == name[0]))
        ?? PerComponent
            .Where(option =>
                EndingOf(option) is var ending && name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal))
            .Select(option => option with { Name = name })
            .FirstOrDefault();

    /// <summary>The path that a variable of the environment has; null: it is not set.</summary>
    public static string? PathFromEnvironment(string variable) =>
        System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? Path.GetFullPath(path) : null;

    private static string EndingOf(Option option) => option.Name["NAME".Length..];

    private static BuildOptions Plans(BuildOptions options, OptionValue value) =>
        options with
        {
            PlansOnly = options.PlansOnly || value.IsOn,
        };
}
