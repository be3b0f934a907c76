using System.Globalization;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Fetching.Mirroring;
using Qcw.Build.Host;

namespace Qcw.Build.Releasing.Jobs;

/// <summary>Computes the keys of caches from what determines their content, as far as it is known before anything runs.</summary>
/// <param name="paths">Where recipes stand.</param>
/// <param name="line">The versions.</param>
/// <param name="machine">Its image stands for the versions of its tools.</param>
public sealed class CacheKeys(Paths paths, ReleaseLine line, BuildMachine machine)
{
    /// <summary>The caches of a target.</summary>
    /// <param name="target">It makes a file from a component.</param>
    /// <param name="tasks">The target and all it depends on.</param>
    public JobCaches Of(TaskNode target, IReadOnlyList<TaskNode> tasks)
    {
        MirrorSelection selection = MirrorSelection.For(line, target.Name, tasks);
        if (machine.IsWindows)
        {
            selection = selection with { Components = [.. selection.Components.Except(line.Libraries), Msys2Pins.Archive] };
        }

        Fingerprint downloads = Downloads(selection);
        string key = "downloads-" + Short(downloads);
        if (machine.IsWindows || !tasks.Any(task => task.UsesBuilder))
        {
            string packages = machine.IsWindows ? "msys2-" + Short(Packages()) : string.Empty;
            return new JobCaches(key, packages, string.Empty, string.Empty, string.Empty, string.Empty);
        }

        Component component = target.Produces!.ComponentOf(line)!;
        Component[] libraries = [.. line.DependenciesOf(component)];
        Fingerprint sysroot = Sysroot(libraries);
        string prefix = $"ccache-{component.Name}-{Short(Machine())}-";
        return new JobCaches(
            key,
            string.Empty,
            "sysroot-" + Short(sysroot),
            string.Join('\n', libraries.Select(library => Relative(paths.Stage(library)) + "*")), // the stamps too
            prefix + Short(new Fingerprint().Add("sysroot", sysroot.Hash).Add("downloads", downloads.Hash)),
            prefix);
    }

    private Fingerprint Downloads(MirrorSelection selection)
    {
        var fingerprint = new Fingerprint();
        foreach (Component component in selection.Components)
        {
            // Go's SDK is there once for each host, under one name
            fingerprint.Add($"source {component.Name} {component.Source.Location}", $"{component.Version} {component.Source.Pin}");
            foreach (SourcePatch patch in component.Patches)
            {
                fingerprint.Add($"patch {component.Name} {patch.Name}", patch is RemotePatch remote ? remote.Sha256 : Files.Sha256(patch.File));
            }
        }

        foreach (FirmwarePackage package in selection.Firmware ? line.Firmware : [])
        {
            fingerprint.Add("firmware " + package.Package, package.Suite);
        }

        return fingerprint;
    }

    /// <summary>What asks for the packages; which versions it gets, the databases among them say.</summary>
    private Fingerprint Packages()
    {
        Fingerprint fingerprint = new Fingerprint().Add("archive", Msys2Pins.Archive.Source.Pin);
        foreach (string file in Directory.EnumerateFiles(paths.Msys2Image))
        {
            fingerprint.AddFile("recipe " + Relative(file), file);
        }

        return fingerprint;
    }

    private Fingerprint Sysroot(IEnumerable<Component> libraries)
    {
        Fingerprint fingerprint = Machine().Add("source date epoch", line.SourceDateEpoch.ToString(CultureInfo.InvariantCulture));
        foreach (Component library in libraries)
        {
            fingerprint.Add("library " + library.Id, library.Source.Pin);
        }

        IEnumerable<string> recipes = Directory.EnumerateFiles(Path.Combine(paths.Components, "Sysroot"), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".cs", StringComparison.Ordinal));
        IEnumerable<string> drivers = Directory.EnumerateFiles(paths.Recipes, "*.sh").Concat(Directory.EnumerateFiles(paths.Msys2, "*.sh"));
        foreach (string file in recipes.Concat(drivers))
        {
            fingerprint.AddFile("recipe " + Relative(file), file);
        }

        return fingerprint;
    }

    private Fingerprint Machine() => new Fingerprint().Add("image", machine.Container).Add("builder", machine.Builder).Add("architecture", paths.Architecture.Name);

    private string Relative(string path) => (path.StartsWith(paths.Artifacts, StringComparison.Ordinal)
        ? Path.Combine("artifacts", Path.GetRelativePath(paths.Artifacts, path))
        : Path.GetRelativePath(paths.Root, path)).Replace('\\', '/');

    private static string Short(Fingerprint fingerprint) => fingerprint.Hash[..16];
}
