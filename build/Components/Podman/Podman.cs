using System.Globalization;
using Cake.Frosting;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Components;

/// <summary>Podman: the remote client for Windows, with the tags and variables that its own Makefile names.</summary>
public sealed class Podman() : GoDefinition("podman", Title, Company, ProgramNamed("podman"))
{
    internal static readonly Podman Definition = new() { Purpose = "runs Linux containers in a virtual machine", Arm64 = true };

    internal static readonly Product Msi = new(
        "podman-{version}-windows-{arch}.msi", "MSI",
        "for all users; start it, or, as administrator, `msiexec /i {file} /qn /norestart`. "
        + "Podman makes its machines with QEMU unless `MACHINE_PROVIDER=wsl` (or `hyperv`, `none`) is added.");

    internal static readonly Product UserMsi = new(
        "podman-{version}-windows-{arch}-user.msi", "MSI for one user",
        "for one user, without administrator rights; start it, or `msiexec /i {file} /qn /norestart`. "
            + "Take this one or the one for all users, not both.");

    private const string Title = "Podman";
    private const string Company = "The Podman authors";
    private const string CommitVariable = "define.gitCommit";

    public override bool HasPackage => true;

    public override bool PackageReadsMsis => true;

    /// <summary>podman.exe.</summary>
    public override GoBuild BuildOf(ReleaseLine line, string source) => With(line, source, "podman");

    /// <summary>The same client for this machine: Podman's script that makes the documentation asks it for its commands.</summary>
    public GoBuild NativeBuildOf(ReleaseLine line, string source) => With(line, source, "podman-remote");

    public override Package PackageOf(Component component, IReadOnlyList<(Product Product, ReleasedFile File)> files) =>
        PodmanPackage.From(
            component.Version,
            [
                .. files.Select(file =>
                    (file.Product == UserMsi ? MsiEdition.PerUser : MsiEdition.PerMachine, file.File, MsiPackage.Read(file.File.Path))),
            ]);

    private static GoProgram ProgramNamed(string name) => new(name, "./cmd/podman", "Podman remote client");

    private GoBuild With(ReleaseLine line, string source, string name)
    {
        Component podman = In(line);
        PodmanSource told = PodmanSource.Read(source);
        return new GoBuild(podman, Title, Company, [ProgramNamed(name)])
        {
            Tags = told.Tags,
            Variables =
            [
                .. told.Variables
                    .Where(variable => Last(variable) != CommitVariable || podman.Source is GitSource)
                    .Select(variable => (variable, ValueOf(variable, line, podman))),
            ],
        };
    }

    private static string Last(string variable) => variable[(variable.LastIndexOf('/') + 1)..];

    private static string ValueOf(string variable, ReleaseLine line, Component podman) => Last(variable) switch
    {
        CommitVariable => ((GitSource)podman.Source).Commit,
        "define.buildInfo" => line.SourceDateEpoch.ToString(CultureInfo.InvariantCulture),
        "define.buildOrigin" => "qcw",
        "config._installPrefix" => "/usr/local",
        "config._etcDir" => "/etc",
        "quadlet._binDir" => "/usr/local/bin",

        // $BINDIR is a word that Podman replaces: without it 4.5 looks for gvproxy in C:\Program Files\RedHat\Podman only
        "config.additionalHelperBinariesDir" => "$BINDIR",
        _ => throw new BuildException(
            $"Podman's Makefile sets the variable {variable} (LDFLAGS_PODMAN): say in {nameof(Podman)}.{nameof(ValueOf)} what it gets"),
    };
}

[TaskDescription("Fetches Podman's source and remote patches"), IsDependentOn(typeof(GoFetch))]
public sealed class PodmanFetch() : FetchTask(Podman.Definition);

[TaskDescription("Checks out Podman's source and applies the patches"), IsDependentOn(typeof(PodmanFetch))]
public sealed class PodmanPatch() : PatchTask(Podman.Definition);

[TaskDescription("Compiles podman.exe for Windows"), IsDependentOn(typeof(PodmanPatch))]
public sealed class PodmanCompile() : GoCompileTask(Podman.Definition);

[TaskDescription("Makes the installer of Podman, for all users")]
[IsDependentOn(typeof(PodmanCompile)), IsDependentOn(typeof(PodmanDocumentation)), IsDependentOn(typeof(GvisorTapVsockCompile))]
public sealed class PodmanInstaller() : PodmanMsiTask(Podman.Msi, MsiEdition.PerMachine);

[TaskDescription("Makes the installer of Podman, for one user")]
[IsDependentOn(typeof(PodmanCompile)), IsDependentOn(typeof(PodmanDocumentation)), IsDependentOn(typeof(GvisorTapVsockCompile))]
public sealed class PodmanUserInstaller() : PodmanMsiTask(Podman.UserMsi, MsiEdition.PerUser);

/// <summary>
/// Makes Podman's HTML pages with its own scripts, which ask a podman for its commands: one is compiled for this machine.
/// </summary>
[TaskDescription("Makes Podman's HTML documentation from its source, without the network"), IsDependentOn(typeof(PodmanPatch))]
public sealed class PodmanDocumentation() : ComponentTask(Podman.Definition, Phase.Documentation)
{
    /// <summary>The folder with the pages.</summary>
    public static string StageOf(Paths paths, Component podman) => paths.Stage($"{podman.Id}-docs");

    public override IEnumerable<string> ToolsFor(ReleaseLine line) => ["bash", "go", "pandoc", "python3"];

    protected override void Make(BuildContext context)
    {
        Component podman = ComponentOf(context);
        Made tree = context.TreeOf(podman);
        Made native = context.Go.Compiler.CompileNative(Podman.Definition.NativeBuildOf(context.Line, tree.Path), tree, "native");
        (string Name, string Version)[] tools =
            [.. ((string[])["pandoc", "python3"]).Select(tool => (tool, context.HostTools.VersionOf(tool)))];
        Fingerprint fingerprint = new Fingerprint()
            .Add("format", PodmanDocs.FormatVersion)
            .Add("source", tree.Hash)
            .Add("podman-remote", native.Hash);
        foreach ((string name, string version) in tools)
        {
            fingerprint.Add(name, version);
        }

        var step = new Step(podman.Name, "docs", StageOf(context.Paths, podman), fingerprint)
        {
            By = native.By.With(new Provenance { Tools = tools.ToDictionary(tool => tool.Name, tool => tool.Version) }),
            Toolchain = () => context.ToolchainOf(tools.Select(tool => tool.Name)),
            IsShared = true,
        };
        context.Steps.RunReplacing(
            step,
            output =>
            {
                using var progress = new Compiling.CompileProgress(context.Messages, podman.Name, "docs");
                PodmanDocs.Make(
                    new PodmanDocsRequest(
                        tree.Path,
                        Path.Combine(native.Path, OperatingSystem.IsWindows() ? "podman-remote.exe" : "podman-remote"),
                        Path.Combine(context.Paths.Temporary, "podman-docs"),
                        output,
                        context.Line.SourceDateEpoch,
                        context.Paths.Log(podman.Name, "docs")),
                    progress.Report);
            });
    }
}

/// <summary>Makes an edition of Podman's installer.</summary>
[IsDependeeOf(typeof(Installers))]
public abstract class PodmanMsiTask(Product product, MsiEdition edition) : ComponentTask(Podman.Definition, Phase.Package)
{
    // several programs make an MSI together, and records name them as one tool
    private const string Builder = "MSI builder";

    public override Product Product => product;

    // on Windows WiX does, a tool of this repository's own (.config/dotnet-tools.json)
    public override IEnumerable<string> ToolsFor(ReleaseLine line) =>
        OperatingSystem.IsWindows() ? [] : ["msibuild", "msiextract", "msiinfo", "wixl"];

    /// <summary>What the installer has in it, also as a part of another one.</summary>
    /// <exception cref="NotMadeException">Podman, its helpers or its pages have not been made.</exception>
    internal static InstallerParts PartsOf(BuildContext context, MsiEdition edition)
    {
        Component podman = Podman.Definition.In(context.Line);
        Component gvisor = GvisorTapVsock.Definition.In(context.Line);
        Made stage = context.StageOf(podman);
        Made helpers = context.StageOf(gvisor);
        Made docs = Made.Read(PodmanDocumentation.StageOf(context.Paths, podman), podman.Name, Phase.Documentation);
        return new InstallerParts(
            PodmanMsiDescription.From(new PodmanInstallerInputs(
                podman.Version, stage.Path, helpers.Path, docs.Path, Path.Combine(context.Paths.Components, "Podman", "shells"),
                edition, context.Paths.Architecture, context.Line.SourceDateEpoch)),
            new Fingerprint().Add("podman", stage.Hash).Add("gvisor-tap-vsock", helpers.Hash).Add("docs", docs.Hash),
            stage.By.With(helpers.By, docs.By),
            [(stage.Path, podman.Name), (helpers.Path, gvisor.Name), (docs.Path, podman.Name)]);
    }

    protected override void Make(BuildContext context)
    {
        Component podman = ComponentOf(context);
        (InstallerDescription description, Fingerprint fingerprint, Provenance by, IReadOnlyList<(string, string)> owners) =
            PartsOf(context, edition);
        MsiInstaller installer = MsiInstaller.ForHost(context.Paths);
        installer.AddInputs(fingerprint, description);
        string name = edition == MsiEdition.PerUser ? "user-installer" : "installer";
        context.Packager.Make(
            new PackageRequest(
                product.NameFor(podman, context.Paths.Architecture),
                edition == MsiEdition.PerUser ? "user msi" : "msi",
                podman, fingerprint, by.WithTool(Builder, installer.Version), [.. description.Files], owners)
            {
                Toolchain = () => context.ToolchainOf(ToolsFor(context.Line)) is var tools
                    ? tools with { Packages = [.. tools.Packages.Select(package => package with { Tool = Builder })] }
                    : tools,
            },
            msi => installer.Write(description, msi, context.Paths.Log(podman.Name, name)));
    }
}
