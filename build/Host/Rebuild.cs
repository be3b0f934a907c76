using Qcw.Build.Attesting;

namespace Qcw.Build.Host;

/// <summary>
/// Makes what a release's provenance describes again: <c>--from-provenance</c>. Line, processor, tag and versions of one-offs are read from
/// it; this checkout has to pin what it names; tools that differ are named; and each file that is made is compared.
/// </summary>
/// <param name="file">Full path of the provenance.</param>
/// <param name="provenance">What it says.</param>
public sealed class Rebuild(string file, ReleaseProvenance provenance)
{
    private readonly BuildDefinition definition = provenance.Predicate.BuildDefinition;

    /// <summary>The provenance that the command line names; null: none.</summary>
    /// <exception cref="UsageException">It is missing or damaged.</exception>
    public static Rebuild? Of(BuildOptions options) =>
        options.FromProvenance is { } file ? new Rebuild(file, ProvenanceReader.Read(file)) : null;

    /// <summary>The options with all that the provenance says.</summary>
    /// <exception cref="UsageException">The command line says something else, or lacks a one-off source.</exception>
    public BuildOptions Apply(BuildOptions options)
    {
        ExternalParameters said = definition.ExternalParameters;
        Agree("line", options.Line, BuildOptions.DefaultLine, said.Line);
        Agree("arch", options.Architecture.Name, Architecture.X64.Name, said.Arch);
        Agree("tag", options.Tag, string.Empty, said.Tag ?? string.Empty);
        foreach (SourceOverride given in options.Overrides.Where(given => said.Overrides?.Any(one => one.Name == given.Component) != true))
        {
            throw new UsageException($"--{given.Component}-source: {file} names no one-off of {given.Component}; leave it out");
        }

        return options with
        {
            Line = said.Line,
            Architecture = Architecture.Of(said.Arch),
            Tag = said.Tag ?? string.Empty,
            Overrides = [.. (said.Overrides ?? []).Select(one => Override(one, options))],
        };
    }

    /// <summary>Ends the run where this checkout pins something else for the line.</summary>
    /// <exception cref="UsageException">Names every difference.</exception>
    public void RequirePins(ReleaseLine line)
    {
        Resource[] theirs =
        [
            .. definition.ResolvedDependencies.Where(Pins.IsOfLine).Select(WithoutUse),
        ];
        Resource[] ours = [.. Pins.Of(line).Select(WithoutUse)];
        string[] differences =
        [
            .. theirs.ExceptBy(ours.Select(one => one.Line()), one => one.Line()).Select(one => $"in the provenance only: {one.Line()}"),
            .. ours.ExceptBy(theirs.Select(one => one.Line()), one => one.Line()).Select(one => $"in this checkout only: {one.Line()}"),
        ];
        if (differences.Length > 0)
        {
            throw new UsageException(
                $"{file}: the line {line.Name} of this checkout does not pin what it names:\n  {string.Join("\n  ", differences)}\n"
                    + $"Check out the commit that it names: {Commit ?? "none"}");
        }
    }

    /// <summary>Ends the run where this checkout is another commit, or has changes.</summary>
    /// <param name="commit">Of this checkout, or null.</param>
    /// <param name="changed">True where it has changes that are not in that commit.</param>
    /// <exception cref="BuildException">It says which commit to check out.</exception>
    public void RequireRecipe(string? commit, bool changed)
    {
        Resource? recipe = definition.ResolvedDependencies.FirstOrDefault(one => one.Role == Roles.Recipe);
        string? state = recipe?.Annotations?.GetValueOrDefault(ProvenanceWriter.State);
        if (Commit is null || state is not null)
        {
            throw new BuildException($"{file}: the state of the recipe is \"{state ?? "not named"}\", so nobody can make the files again");
        }

        if (commit != Commit || changed)
        {
            throw new BuildException(
                $"{file} names the commit {Commit}, and this checkout is {commit ?? "none"}{(changed ? " with changes" : string.Empty)}: "
                    + $"git checkout {Commit}");
        }
    }

    /// <summary>Names the tools of this machine that are of other packages than those of the provenance.</summary>
    /// <param name="installed">Asks for the installed version of packages: name to version; null: there is no dpkg.</param>
    /// <param name="log">Gets a line for each.</param>
    public void ReportTools(Func<IReadOnlyList<string>, IReadOnlyDictionary<string, string>?> installed, BuildLog log)
    {
        (string Name, string Version)[] packages =
        [
            .. from one in provenance.Predicate.RunDetails.Builder.BuilderDependencies ?? []
               where one.Role == Roles.Toolchain && one.Uri?.StartsWith("pkg:deb/", StringComparison.Ordinal) == true
               select (one.Name, one.Annotations!.GetValueOrDefault("version", string.Empty)),
        ];
        if (packages.Length == 0 || installed([.. packages.Select(package => package.Name)]) is not { } here)
        {
            log.Warn($"{file}: which tools differ cannot be said: {(packages.Length == 0 ? "it names no package" : "there is no dpkg")}");
            return;
        }

        (string Name, string Version)[] others = [.. packages.Where(package => here.GetValueOrDefault(package.Name) != package.Version)];
        foreach ((string name, string version) in others)
        {
            log.Warn($"tools: {name} is {here.GetValueOrDefault(name) ?? "not installed"} here, and was {version}");
        }

        log.Info($"tools: {packages.Length - others.Length} of {packages.Length} packages are those of the provenance");
    }

    /// <summary>Compares a file that was made with the one that the provenance is about.</summary>
    /// <param name="made">Full path.</param>
    /// <param name="log">Is told that it is the same.</param>
    /// <exception cref="BuildException">It differs.</exception>
    public void Compare(string made, BuildLog log)
    {
        string name = Path.GetFileName(made);
        if (provenance.Subject.FirstOrDefault(subject => subject.Name == name) is not { Digest: { } digest })
        {
            log.Warn($"{name}: {file} is not about this file");
            return;
        }

        string found = Files.Sha256(made);
        if (found != digest["sha256"])
        {
            throw new BuildException(
                $"{made} is not the file that {file} is about; the tools that differ are named above:\n"
                    + $"    expected: {digest["sha256"]}\n    got:      {found}");
        }

        log.Step("rebuild", "compare", $"{name}: the same bytes, sha256 {found}");
    }

    private string? Commit => definition.ResolvedDependencies.FirstOrDefault(one => one.Role == Roles.Recipe)?.Digest?.Values.Single();

    private void Agree(string option, string given, string otherwise, string said)
    {
        if (given != otherwise && given != said)
        {
            throw new UsageException($"--{option}={given}: {file} says {(said.Length > 0 ? said : "none")}; leave the option out");
        }
    }

    private SourceOverride Override(OneOff one, BuildOptions options)
    {
        SourceOverride? given = options.Overrides.FirstOrDefault(given => given.Component == one.Name);
        if (given?.Path is null)
        {
            throw new UsageException(
                $"{file} was made with a one-off source of {one.Name} {one.Version} (sha256 {one.Sha256}), which no line pins: "
                    + $"give the same archive or folder with --{one.Name}-source=PATH");
        }

        Agree($"{one.Name}-version", given.Version ?? string.Empty, string.Empty, one.Version);
        return given with { Version = one.Version };
    }

    private static Resource WithoutUse(Resource one) => one with
    {
        Annotations = one.Annotations?.Where(note => note.Key != Pins.Used).ToDictionary(note => note.Key, note => note.Value),
    };
}
