using System.Globalization;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Releasing.Jobs;

/// <summary>Computes the keys of caches from what determines their content, as far as it is known before anything runs.</summary>
/// <param name="paths">Where recipes are.</param>
/// <param name="line">The versions.</param>
/// <param name="machine">Its image stands for the versions of its tools.</param>
public sealed class CacheKeys(Paths paths, ReleaseLine line, BuildMachine machine)
{
    /// <summary>The caches of a target.</summary>
    public JobCaches Of(JobTarget target)
    {
        MirrorSelection selection = target.Selection;
        if (machine.IsWindows)
        {
            selection = selection.WithoutLibraries(line);
            selection = selection with { Components = [.. selection.Components, Msys2Pins.Archive] };
        }

        Fingerprint downloads = Downloads(selection);
        string key = "downloads-" + Short(downloads);
        if (machine.IsWindows || !target.UsesBuilder)
        {
            string packages = machine.IsWindows ? "msys2-" + Short(Packages()) : string.Empty;
            return new JobCaches(key, packages, string.Empty, string.Empty, string.Empty, string.Empty);
        }

        Component[] libraries = [.. line.DependenciesOf(target.Component)];
        Fingerprint sysroot = Sysroot(libraries);
        string prefix = $"ccache-{target.Component.Name}-{Short(Machine())}-";
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

        // Go's SDK is there once for each host, under one name; one of Debian's packages may be for all of them
        foreach ((string name, string pin) in selection.InputsOf(line)
            .Select(input => ($"{input.Owner} {input.Name} {input.Upstream}", input.Pin)).Distinct())
        {
            fingerprint.Add(name, pin);
        }

        foreach (SourcePatch patch in selection.Components.SelectMany(component => component.Patches))
        {
            AddPatch(fingerprint, patch);
        }

        return fingerprint;
    }

    /// <summary>Adds what the inputs of a component do not tell of a patch: its bytes, or which of Debian's are taken.</summary>
    private void AddPatch(Fingerprint fingerprint, SourcePatch patch)
    {
        switch (patch)
        {
            case LocalPatch local:
                fingerprint.AddFile("patch " + Relative(local.File), local.File);
                break;
            case DebianPatches debian:
                fingerprint.Add("patches of " + debian.Name, string.Join('\n', debian.Take));
                break;
            default:
                break;
        }
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
            fingerprint.Add("library " + library.Id, string.Join('\n', library.Sources.Select(source => source.Pin)));
            foreach (SourcePatch patch in library.Patches)
            {
                if (Input.Of(library, patch) is { } input)
                {
                    fingerprint.Add($"patch of {library.Id}: {input.Name}", input.Pin);
                }

                AddPatch(fingerprint, patch);
            }
        }

        IEnumerable<string> recipes = Directory.EnumerateFiles(paths.LibraryRecipes, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".cs", StringComparison.Ordinal));
        IEnumerable<string> drivers = Directory.EnumerateFiles(paths.Recipes, "*.sh").Concat(Directory.EnumerateFiles(paths.Msys2, "*.sh"));
        foreach (string file in recipes.Concat(drivers))
        {
            fingerprint.AddFile("recipe " + Relative(file), file);
        }

        return fingerprint;
    }

    private Fingerprint Machine() =>
        new Fingerprint().Add("image", machine.Container).Add("builder", machine.Builder).Add("architecture", paths.Architecture.Name);

    private string Relative(string path) => (path.StartsWith(paths.Artifacts, StringComparison.Ordinal)
        ? Path.Combine("artifacts", Path.GetRelativePath(paths.Artifacts, path))
        : Path.GetRelativePath(paths.Root, path)).Replace('\\', '/');

    private static string Short(Fingerprint fingerprint) => fingerprint.Hash[..16];
}
