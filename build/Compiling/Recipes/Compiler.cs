using System.Globalization;
using Qcw.Build.Compiling.Builders;

namespace Qcw.Build.Compiling.Recipes;

/// <summary>Compiles a component with its recipe, unless what is staged was made from the same inputs.</summary>
public sealed class Compiler(Paths paths, ReleaseLine line, int jobs, IBuilder builder, StepRunner steps, BuildLog log)
{
    /// <summary>The input of a stage that lists the packages that it was compiled with, a line each.</summary>
    public const string PackagesInput = "packages";

    /// <summary>What the name of an input begins with that is a library.</summary>
    private const string LibraryInput = "library ";

    /// <summary>True where libraries are part of the toolchain, and so not compiled here.</summary>
    public bool HasLibraries => builder.HasLibraries;

    /// <summary>Makes the place where recipes run ready.</summary>
    public void Prepare() => builder.Prepare();

    /// <summary>Compiles a component whose source tree (if it has one) stands ready.</summary>
    /// <returns>The folder with what the recipe installed.</returns>
    public string Compile(Component component, Recipe recipe)
    {
        string? source = component.Source is RecipeSource ? null : paths.Source(component);
        Component[] dependencies = [.. builder.HasLibraries ? [] : line.DependenciesOf(component)];
        Fingerprint configuration = Configuration(component, recipe, dependencies);
        Fingerprint fingerprint = Configuration(component, recipe, dependencies)
            .Add("source", source is null ? "none" : Stamp.HashOf(source, "Patch"));
        string stage = paths.Stage(component);
        steps.RunReplacing(new Step(component.Name, "compile", stage, fingerprint), output =>
        {
            string build = paths.Build(component);
            DiscardStale(build, configuration.Hash);
            string logFile = paths.Log(component.Name, "compile");
            Files.Delete(logFile);
            using var progress = new CompileProgress(log, component.Name);
            builder.Run(
                new CompileRequest(
                    component.Name, component.Version, recipe.File, Driver, source, build, output,
                    [.. dependencies.Select(paths.Stage)], jobs, line.SourceDateEpoch, logFile),
                progress.Line);
        });
        return stage;
    }

    /// <summary>The libraries that what is staged of a component was compiled against, in build order; the line's where nothing is staged.</summary>
    public static IEnumerable<Component> LibrariesOf(Component component, Paths paths, ReleaseLine line)
    {
        Stamp? stamp = Stamp.Read(paths.Stage(component));
        return line.DependenciesOf(component).Where(library => stamp is null || stamp.Inputs.ContainsKey(LibraryInput + library.Name));
    }

    /// <summary>The driver and what it sources; other toolchains are left out.</summary>
    private IEnumerable<string> Scripts =>
    [
        Driver,
        Path.Combine(paths.Recipes, "toolchain-common.sh"),
        Path.Combine(builder.Toolchain == "msys2" ? paths.Msys2 : paths.Recipes, $"toolchain-{builder.Toolchain}.sh"),
    ];

    private string Driver => Path.Combine(paths.Recipes, "recipe.sh");

    /// <summary>All inputs but the state of the source: what a kept build folder was configured with.</summary>
    private Fingerprint Configuration(Component component, Recipe recipe, IEnumerable<Component> dependencies)
    {
        var fingerprint = new Fingerprint()
            .Add("component", component.Id)
            .Add("pin", component.Source.Pin)
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
            fingerprint.Add(PackagesInput, string.Join('\n', builder.Packages));
        }

        foreach (Component dependency in dependencies)
        {
            fingerprint.Add(LibraryInput + dependency.Name, Stamp.HashOf(paths.Stage(dependency), "SysrootCompile"));
        }

        return fingerprint;
    }

    /// <summary>
    /// A build folder configured with other tools, options or libraries would mix old and new objects: it goes. One that
    /// fits stays, also after a kill, so that ninja and make go on where they were.
    /// </summary>
    private static void DiscardStale(string build, string configuration)
    {
        string record = build + ".configuration";
        if (File.Exists(record) && File.ReadAllText(record) == configuration)
        {
            return;
        }

        Files.Delete(build);
        Directory.CreateDirectory(build);
        Files.Write(record, configuration);
    }
}
