namespace Qcw.Build.Core;

/// <summary>Every folder the build uses, computed from component, version and architecture. Nothing here touches the disk.</summary>
/// <param name="Root">The repository, an absolute path.</param>
/// <param name="Artifacts">
/// The folder for all output, an absolute path; <c>artifacts</c> in the repository unless <c>--artifacts</c> says otherwise.
/// </param>
public sealed record Paths(string Root, string Artifacts)
{
    /// <summary>The name of the folder of a release that is made for people.</summary>
    public const string ReleaseFolderName = "release";

    /// <summary>What is built for; its name is part of the names of folders and files.</summary>
    public Architecture Architecture { get; init; } = Architecture.X64;

    /// <summary>Versions files, their schema and the pinned signing keys.</summary>
    public string Versions => Path.Combine(Root, "build", "Catalog", "Versions");

    /// <summary>Armored public keys that signatures are checked against.</summary>
    public string Keys => Path.Combine(Versions, "keys");

    /// <summary>The patch sets, one folder a component.</summary>
    public string Patches => Path.Combine(Root, "patches");

    /// <summary>What is known of vulnerabilities, one file a component.</summary>
    public string Advisories => Path.Combine(Root, "build", "Advisories");

    /// <summary>Recipes and installer scripts, one folder a component.</summary>
    public string Components => Path.Combine(Root, "build", "Components");

    /// <summary>The recipes of libraries that components are compiled against.</summary>
    public string LibraryRecipes => Path.Combine(Components, "Sysroot");

    /// <summary>The licence of this repository's own code.</summary>
    public string Licence => Path.Combine(Root, "LICENSE");

    /// <summary>What all installers share: the NSIS script and the list of Windows' own DLLs.</summary>
    public string Packaging => Path.Combine(Root, "build", "Packaging");

    /// <summary>
    /// Where what is given to people is put, a name below <see cref="Artifacts"/>: a release that is made again to be compared with a
    /// published one must not replace it.
    /// </summary>
    public string ReleaseName { get; init; } = ReleaseFolderName;

    /// <summary>Verified inputs, kept by hash.</summary>
    public string Downloads => Path.Combine(Artifacts, "downloads");

    /// <summary>Full output of every tool.</summary>
    public string Logs => Path.Combine(Artifacts, "logs");

    /// <summary>What is given to people.</summary>
    public string Release => Path.Combine(Artifacts, ReleaseName);

    /// <summary>
    /// The fingerprint of a file that is made directly into <see cref="Release"/>: that folder holds nothing but the release.
    /// </summary>
    public string ReleaseStamp(string name) => ReleaseName == ReleaseFolderName ? Package(name) : Path.Combine(Verify, ReleaseName, name);

    /// <summary>Published releases that were downloaded to be verified, and what comparing them needs.</summary>
    public string Verify => Path.Combine(Artifacts, "verify");

    /// <summary>What builders have attested, one folder a tag: files of the repository.</summary>
    public string BuilderAttestations => Path.Combine(Root, "attestations");

    /// <summary>What package managers are told about the release.</summary>
    public string Manifests => Path.Combine(Artifacts, "manifests");

    /// <summary>What signing leaves: the public keys, files that are to be signed, and those that were.</summary>
    public string Signing => Path.Combine(Artifacts, "signing");

    /// <summary>Signed statements about <see cref="Release"/>, one a builder, and the builders' public keys.</summary>
    public string Attestations => Path.Combine(Artifacts, "attestations");

    /// <summary>The web site of the documentation.</summary>
    public string Site => Path.Combine(Artifacts, "site");

    /// <summary>The report of a build, and what it is drawn from.</summary>
    public string Report => Path.Combine(Artifacts, "report");

    /// <summary>What happened in the last runs.</summary>
    public string StepLog => Path.Combine(Report, "steps.jsonl");

    /// <summary>What the release notes say of a file in <see cref="Release"/>.</summary>
    public string Facts(string name) => Path.Combine(Artifacts, "facts", name + ".json");

    /// <summary>The recipe of the container image, and what runs in it beside the recipes of components.</summary>
    public string Image => Path.Combine(Root, "build", "Compiling", "Builders", "Container");

    /// <summary>The folder of <see cref="ToolPackages.Script"/>.</summary>
    public string ToolScripts => Path.Combine(Root, "build", "Core", "Tools");

    /// <summary>The script that runs every recipe, and the toolchains of Linux.</summary>
    public string Recipes => Path.Combine(Root, "build", "Compiling", "Recipes");

    /// <summary>The toolchain of MSYS2.</summary>
    public string Msys2 => Path.Combine(Root, "build", "Compiling", "Builders", "Msys2");

    /// <summary>The recipe of the Windows image with MSYS2.</summary>
    public string Msys2Image => Path.Combine(Msys2, "image");

    /// <summary>The packages of MSYS2 that recipes need.</summary>
    public string Msys2PackageList => Path.Combine(Msys2Image, "packages.txt");

    /// <summary>The packages that the image with MSYS2 was made from.</summary>
    public string Msys2Cache => Path.Combine(Downloads, "msys2");

    /// <summary>What base images are made from.</summary>
    public string Containers => Path.Combine(Artifacts, "containers");

    /// <summary>Go's own cache of compiled packages: it is keyed by content, so all components share it.</summary>
    public string GoCache => Path.Combine(Artifacts, "build", "go-cache");

    /// <summary>Verified Go modules, in the layout of GOMODCACHE.</summary>
    public string GoModules => Path.Combine(Downloads, "go-modules");

    /// <summary>A fetched tool, unpacked.</summary>
    public string Tool(string id) => Path.Combine(Artifacts, "tools", id);

    /// <summary>Scratch folder of one run: HOME and TMPDIR of the tools it starts.</summary>
    public string Temporary => Path.Combine(Artifacts, "tmp");

    /// <summary>Patches that were taken out of archives, one folder a component.</summary>
    public string TakenPatches(string component) => Path.Combine(Artifacts, "patches", component);

    /// <summary>Patches that were brought onto another version, for a person to look at.</summary>
    public string RefreshedPatches(string component) => Path.Combine(Artifacts, "refreshed", component);

    /// <summary>The source tree of a component.</summary>
    public string Source(string id) => Path.Combine(Artifacts, "sources", id);

    /// <summary>
    /// The compiler's build folder. It has the same place relative to the source tree on every machine, because compilers write relative
    /// paths of sources into their output.
    /// </summary>
    public string Build(string id) => Path.Combine(Artifacts, "build", $"{id}-{Architecture}");

    /// <summary>A folder that a step hands to the next one.</summary>
    public string Stage(string name) => Path.Combine(Artifacts, "stage", name);

    /// <summary>The log of one phase of one component.</summary>
    public string Log(string component, string phase) => Path.Combine(Logs, $"{component}-{phase}.log");

    /// <summary>
    /// An installer or archive as it was made, before it is put into <see cref="Release"/>; its fingerprint is next to it.
    /// </summary>
    public string Package(string name) => Path.Combine(Artifacts, "packages", name);

    /// <summary>A setup program that was packed to be tried, not to be given to people.</summary>
    public string Draft(string name) => Path.Combine(Artifacts, "drafts", name);
}
