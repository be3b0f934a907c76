using Qcw.Build.Catalog.Reading;

namespace Qcw.Build.Catalog;

/// <summary>Puts the command line's one-offs into a line.</summary>
internal static class Overrides
{
    /// <summary>The line with the sources replaced; everything else of each component stays, its patches too.</summary>
    /// <exception cref="UsageException">An override names nothing of this line, or nothing on the disk.</exception>
    public static ReleaseLine Apply(ReleaseLine line, IReadOnlyList<SourceOverride> overrides)
    {
        foreach (SourceOverride one in overrides)
        {
            Component component = line.Components.Concat(line.Libraries).FirstOrDefault(known => known.Name == one.Component)
                ?? throw Unknown(line, one);
            Component replaced = Replace(line, component, one);
            line = line with
            {
                Components = [.. line.Components.Select(known => ReferenceEquals(known, component) ? replaced : known)],
                Libraries = [.. line.Libraries.Select(known => ReferenceEquals(known, component) ? replaced : known)],
            };
        }

        return line;
    }

    private static Component Replace(ReleaseLine line, Component component, SourceOverride one)
    {
        if (component.IsOneOff)
        {
            throw new UsageException($"--{one.Component}-source: given twice");
        }

        if (component.Source is RecipeSource)
        {
            throw new UsageException(
                $"--{Option(one)}: {component.Name} consists of files of this repository, there is no source to replace");
        }

        if (one.Version is { } version && !Rules.Version.Accepts(version))
        {
            throw new UsageException($"--{one.Component}-version: found \"{version}\", expected {Rules.Version.Expected}");
        }

        string path = one.Path ?? throw new UsageException(
            $"--{one.Component}-version={one.Version} needs --{one.Component}-source as well: " +
            $"the line {line.Name} pins {component.Name} {component.Version}, and nothing pins another version");
        return component with
        {
            Version = one.Version ?? component.Version + "+local",
            Source = Local(path, $"--{one.Component}-source"),
            Alternatives = [],
            IsOneOff = true,
        };
    }

    private static LocalSource Local(string path, string option)
    {
        if (path.Length == 0)
        {
            throw new UsageException($"{option}: found nothing, expected the path of an archive or directory");
        }

        string full = Path.GetFullPath(path);
        if (!Path.Exists(full))
        {
            throw new UsageException($"{option}: {full} does not exist, expected an archive or a directory");
        }

        try
        {
            return LocalContent.IsEmpty(full)
                ? throw new UsageException($"{option}: {full} is empty, expected an archive or a directory with sources")
                : new LocalSource(full, LocalContent.Hash(full));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: {full} cannot be read: {error.Message}", error);
        }
    }

    private static UsageException Unknown(ReleaseLine line, SourceOverride one)
    {
        string[] names = [.. line.Components.Concat(line.Libraries).Select(known => known.Name)];
        string? nearest = Nearest.Match(one.Component, names);
        return new UsageException(
            $"--{Option(one)}: the line {line.Name} has no component or library {one.Component}" +
            $"{(nearest is null ? "." : $"; did you mean {nearest}?")} It has: {string.Join(", ", names)}");
    }

    private static string Option(SourceOverride one) => one.Component + (one.Path is null ? "-version" : "-source");
}

/// <summary>A one-off from the command line, for a component or a library of the line.</summary>
/// <param name="Component">Its name in the line.</param>
/// <param name="Version">What <c>--&lt;component&gt;-version</c> said, or null: the line's version with <c>+local</c> behind it.</param>
/// <param name="Path">
/// What <c>--&lt;component&gt;-source</c> said, or null: an archive or a directory, absolute or from the current directory.
/// </param>
public sealed record SourceOverride(string Component, string? Version, string? Path);
