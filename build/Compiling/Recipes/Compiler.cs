using System.Globalization;
using Qcw.Build.Compiling.Builders;

namespace Qcw.Build.Compiling.Recipes;

/// <summary>Compiles a component with its recipe, unless what is staged was made from the same inputs.</summary>
public sealed class Compiler(Paths paths, ReleaseLine line, int jobs, IBuilder builder, StepRunner steps, BuildLog log)
{
    /// <summary>True where libraries are part of the toolchain, and so not compiled here.</summary>
    public bool HasLibraries => builder.HasLibraries;

    /// <summary>Makes the place where recipes run ready.</summary>
    /// <exception cref="BuildException">It cannot be, or the folder for output is one that compilers cannot work in.</exception>
    public void Prepare()
    {
        if (!OperatingSystem.IsWindows())
        {
            RequirePlainName(paths.Artifacts);
            FolderProblems.RequirePrograms(paths.Artifacts);
        }

        builder.Prepare();
    }

    // make, configure scripts and libtool give these a meaning, and no quoting reaches through all of them
    private static void RequirePlainName(string folder)
    {
        const string special = ":;,#$%&'\"`\\*?!|<>()[]{}=";
        if (folder.FirstOrDefault(letter => char.IsWhiteSpace(letter) || special.Contains(letter)) is not '\0' and var bad)
        {
            throw new UsageException(
                $"nothing can be compiled in {folder}: {(char.IsWhiteSpace(bad) ? "a blank" : $"the character {bad}")} in its path breaks "
                    + "make and configure scripts; give --artifacts=DIR without it");
        }
    }

    /// <summary>Compiles a component.</summary>
    /// <param name="component">The component or library.</param>
    /// <param name="recipe">How it is compiled.</param>
    /// <param name="tree">Its source tree, which is made if it is compiled; null where the recipe has no source.</param>
    /// <param name="libraries">What it is compiled against, in build order; none where they are part of the toolchain.</param>
    /// <returns>The folder with what the recipe installed.</returns>
    public Made Compile(Component component, Recipe recipe, Planned? tree, IReadOnlyList<Made> libraries)
    {
        Fingerprint fingerprint = Configuration(component, recipe, tree, libraries);
        string configuration = fingerprint.Hash;
        string source = tree?.Hash ?? "none";
        fingerprint.Add("source", source);
        var step = new Step(component.Name, "compile", paths.Stage(component), fingerprint)
        {
            // objects and programs of QEMU: 0.4 of its tree; of GLib: 0.6. A tree that is yet to be made asks for itself.
            Room = () => tree is not null && Directory.Exists(tree.Path) ? Files.SizeOf(tree.Path) / 2 : 0,
            By = (tree?.By ?? Provenance.None).With(libraries.Select(library => library.By)).With(new Provenance
            {
                Libraries = [.. builder.HasLibraries ? [] : line.DependenciesOf(component).Select(library => library.Name)],
                Tools = recipe.Tools.ToDictionary(tool => tool, builder.VersionOf),
                Msys2Packages = builder.Packages,
            }),
            Toolchain = () => builder.ToolchainOf(recipe.Tools),
            NinjaFolder = paths.Build(component),
            IsShared = true,
        };
        return steps.RunReplacing(step, output =>
        {
            if (tree?.Make() is { } made && made.Hash != tree.Hash)
            {
                throw new InvalidOperationException($"{made.Path} is not what was planned: {tree.Hash}, got {made.Hash}");
            }

            string build = paths.Build(component);
            DiscardStale(build, configuration, source);
            string logFile = paths.Log(component.Name, "compile");
            Files.Delete(logFile);
            using var progress = new CompileProgress(log, component.Name);
            builder.Run(
                new CompileRequest(
                    component.Name, component.Version, recipe.File, Driver, tree?.Path, build, output,
                    [.. libraries.Select(library => library.Path)], jobs, line.SourceDateEpoch, logFile),
                progress.Report);
        });
    }

    /// <summary>The driver and what it sources; other toolchains are left out.</summary>
    private IEnumerable<string> Scripts =>
    [
        Driver,
        Path.Combine(paths.Recipes, "toolchain-common.sh"),
        .. Directory.GetFiles(Path.Combine(paths.Recipes, "offline")).Order(StringComparer.Ordinal),
        Path.Combine(builder.Toolchain == "msys2" ? paths.Msys2 : paths.Recipes, $"toolchain-{builder.Toolchain}.sh"),
    ];

    private string Driver => Path.Combine(paths.Recipes, "recipe.sh");

    /// <summary>All inputs but the state of the source: what a kept build folder was configured with.</summary>
    private Fingerprint Configuration(Component component, Recipe recipe, Planned? tree, IReadOnlyList<Made> libraries)
    {
        var fingerprint = new Fingerprint()
            .Add("component", component.Id)
            .Add("pin", tree?.By.Sources.FirstOrDefault(source => source.Name == component.Name)?.Pin ?? component.Source.Pin)
            .Add("architecture", paths.Architecture.Name)
            .Add("toolchain", builder.Toolchain)
            .Add("source date epoch", line.SourceDateEpoch.ToString(CultureInfo.InvariantCulture))
            .AddFile("recipe", recipe.File);
        foreach (string script in Scripts)
        {
            fingerprint.AddFile("driver " + Path.GetFileName(script), script);
        }

        foreach (string file in recipe.SupportFiles)
        {
            fingerprint.AddFile("recipe file " + Path.GetRelativePath(paths.Components, file), file);
        }

        foreach (string tool in recipe.Tools)
        {
            fingerprint.Add("tool " + tool, builder.VersionOf(tool));
        }

        if (builder.Packages.Count > 0)
        {
            fingerprint.Add("packages", string.Join('\n', builder.Packages));
        }

        foreach (Made library in libraries)
        {
            fingerprint.Add("library " + Path.GetFileName(library.Path), library.Hash);
        }

        return fingerprint;
    }

    /// <summary>
    /// A build folder configured with other tools, options or libraries would mix old and new objects: it goes. One that fits stays, also
    /// after a kill, so that ninja and make go on where they were. After a change of the source only ninja can go on: what configure made
    /// stays as it was, and make, which is used without dependency tracking, does not look at headers.
    /// </summary>
    private static void DiscardStale(string build, string configuration, string source)
    {
        string record = build + ".configuration";
        string[] before = File.Exists(record) ? File.ReadAllLines(record) : [];
        bool isNinjas = File.Exists(Path.Combine(build, "build.ninja"));
        if (before.SequenceEqual([configuration, source]) || (isNinjas && before.FirstOrDefault() == configuration))
        {
            return;
        }

        Files.Delete(build);
        Directory.CreateDirectory(build);
        Files.Write(record, $"{configuration}\n{source}\n");
    }
}
