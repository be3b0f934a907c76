using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>
/// Podman's installer around small programs that are compiled here. Version 4.6.0 has a page less and one more than 4.5.0-dev.
/// </summary>
internal sealed class MsiProduct : IDisposable
{
    public const string Name = "Podman for Windows (qcw)";
    public const long Epoch = 1_682_899_200; // 2023-05-01
    public const string One = "4.5.0-dev";
    public const string Two = "4.6.0";
    public const string Five = "5.8.3";
    public const string Six = "6.1.0";

    private const string Compiler = "x86_64-w64-mingw32-gcc";
    private const string ResourceCompiler = "x86_64-w64-mingw32-windres";

    private readonly TemporaryFolder folder = new();

    /// <summary>Where everything is made; deleted at the end.</summary>
    public string Root => folder.Path;

    /// <summary>The log of all tools.</summary>
    public string Log => Path.Combine(Root, "log");

    /// <summary>Makes Podman's MSI.</summary>
    /// <param name="version">Podman's version text.</param>
    /// <param name="edition">For whom it installs.</param>
    /// <param name="contents">What tells builds of one version apart.</param>
    /// <returns>Its full path.</returns>
    public string Make(string version, MsiEdition edition, string contents = "")
    {
        string msi = Path.Combine(Root, $"podman-{version}{contents}-{edition}.msi");
        Installer().Write(Describe(version, edition, contents), msi, Log);
        return msi;
    }

    public MsiInstaller Installer(IMsiBuilder? builder = null) => new(builder ?? new WixlBuilder(), Path.Combine(Root, "tmp"));

    /// <summary>Compiles and stages everything, and describes it.</summary>
    public InstallerDescription Describe(string version, MsiEdition edition, string contents = "", Architecture? architecture = null)
    {
        string stage = Path.Combine(Root, version + contents);
        if (!Directory.Exists(stage))
        {
            Stage(stage, version, contents);
        }

        return PodmanMsiDescription.From(new PodmanInstallerInputs(
            version, Path.Combine(stage, "podman"), Path.Combine(stage, "gvisor"), Path.Combine(stage, "docs"),
            Path.Combine(Repository.Root, "build", "Components", "Podman", "shells"), edition, architecture ?? Architecture.X64, Epoch));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Compiles a program; one with version numbers gets a version resource.</summary>
    public static void Compile(string exe, string version, string? numbers)
    {
        string folder = Path.GetDirectoryName(exe)!;
        string sources = Repository.Fixture("programs");
        Directory.CreateDirectory(folder);
        string[] resource = [];
        if (numbers is not null)
        {
            Run(folder, ResourceCompiler, [$"-DNUMBERS={numbers}", Path.Combine(sources, "podman.rc"), "resource.o"]);
            resource = ["resource.o"];
        }

        string name = Path.GetFileName(exe);
        Run(
            folder,
            Compiler,
            [
                "-O1",
                "-s",
                "-Wl,--no-insert-timestamp",
                $"-DVERSION=\"{version}\"",
                $"-DNAME=\"{name}\"",
                "-o",
                name,
                Path.Combine(sources, "podman.c"),
                .. resource,
            ]);
        File.Delete(Path.Combine(folder, "resource.o"));
    }

    private static void Stage(string stage, string version, string contents)
    {
        Compile(Path.Combine(stage, "podman", "bin", "podman.exe"), version + contents, version.Split('-')[0].Replace('.', ',') + ",7");
        Compile(Path.Combine(stage, "gvisor", "bin", "gvproxy.exe"), version + contents, null);
        File.Copy(Path.Combine(stage, "gvisor", "bin", "gvproxy.exe"), Path.Combine(stage, "gvisor", "bin", "win-sshproxy.exe"));
        Write("podman/licenses/podman/LICENSE");
        Write("gvisor/licenses/gvisor-tap-vsock/LICENSE");
        Write("docs/podman.html");
        Write("docs/tutorials/" + (version == One ? "old (1).html" : "new.html"));

        void Write(string name)
        {
            string file = Path.Combine(stage, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, $"{name} of {version}{contents}\n");
        }
    }

    private static void Run(string folder, string program, string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest(program, arguments) { WorkingDirectory = folder });
}
