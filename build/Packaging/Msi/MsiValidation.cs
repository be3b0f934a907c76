using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Finds everything that is wrong with an MSI's description before any tool runs.</summary>
public static partial class MsiValidation
{
    /// <summary>What most columns of text hold.</summary>
    internal const int LongestText = 255;

    private const int LongestFeatureTitle = 64;

    /// <summary>Checks a description.</summary>
    /// <exception cref="BuildException">It cannot become an MSI; the message names every problem.</exception>
    public static void Validate(MsiDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        string[] problems = [.. About(description), .. Features(description), .. MsiContentValidation.Problems(description), .. MsiSettingsValidation.Problems(description)];
        if (problems.Length > 0)
        {
            throw new BuildException($"the MSI of {description.Name} cannot be made:\n  {string.Join("\n  ", problems)}");
        }
    }

    /// <summary>True for a line of printable ASCII: the tables have no code page.</summary>
    internal static bool IsText(string text, int longest) => text.Length > 0 && text.Length <= longest && text.All(c => c is >= ' ' and <= '~');

    /// <summary>True for a text in which Windows Installer expands nothing.</summary>
    internal static bool IsPlain(string text, int longest) => IsText(text, longest) && text.IndexOfAny(['[', ']', '{', '}', '"']) < 0;

    internal static bool IsFolderName(string name) => WindowsNames.Problem(name) is null && !name.Contains('/', StringComparison.Ordinal) && IsPlain(name, LongestText);

    internal static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

    private static IEnumerable<string> About(MsiDescription description)
    {
        if (!IsFolderName(description.Id) || !IsFolderName(description.MenuFolder))
        {
            yield return $"its id '{description.Id}' and its Start menu folder '{description.MenuFolder}' must be possible as names of folders, in ASCII";
        }

        foreach (string text in new[] { description.Name, description.Publisher }.Where(text => !IsPlain(text, 100)))
        {
            yield return $"'{text}' is not a line of 1 to 100 ASCII characters without brackets, braces and quotes";
        }

        if (description.Comments.Length > 0 && !IsPlain(description.Comments, LongestText))
        {
            yield return $"its comments '{description.Comments}' are not a line of at most {LongestText} ASCII characters without brackets, braces and quotes";
        }

        if (!MsiVersion.TryParse(description.Version, out _))
        {
            yield return $"its version '{description.Version}' cannot be compared; {MsiVersion.Accepted}";
        }

        if (description.UpgradeCode == Guid.Empty)
        {
            yield return "it has no upgrade code";
        }

        if (!RegistryKey().IsMatch(description.RegistryKey))
        {
            yield return $@"its registry key '{description.RegistryKey}' is not of the form Software\Publisher\Product";
        }

        if (description.SourceDateEpoch < 0)
        {
            yield return "its files' time is before 1970";
        }

        if (description.Icon is { } icon && (!File.Exists(icon) || Path.GetExtension(icon) != ".ico"))
        {
            yield return $"its icon {icon} is not an .ico file that exists";
        }
    }

    private static IEnumerable<string> Features(MsiDescription description)
    {
        if (description.Features.Count == 0)
        {
            yield return "it has no features";
        }

        for (int index = 0; index < description.AllFeatures.Count; index++)
        {
            MsiFeature feature = description.AllFeatures[index];
            if (!FeatureId().IsMatch(feature.Id))
            {
                yield return $"'{feature.Id}' cannot be a feature's id (a letter, then letters, digits and '_', at most 38)";
            }

            if (!IsPlain(feature.Title, LongestFeatureTitle) || !IsPlain(feature.Description, LongestText))
            {
                yield return $"the feature {feature.Id} needs a title of at most {LongestFeatureTitle} and a description of at most {LongestText} characters, one plain ASCII line each";
            }

            if ((feature.Choice == SectionChoice.Required) != (index == 0))
            {
                yield return $"the feature {feature.Id} is {(index == 0 ? "the first one and must be required" : "not the first one and cannot be required")}";
            }
        }

        foreach (string twice in Repeated(description.AllFeatures.Select(feature => feature.Id)))
        {
            yield return $"two features have the id {twice}";
        }

        if (description.PathFeature is { Files.Count: > 0 })
        {
            yield return "the feature that changes PATH cannot have files";
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,37}$")]
    private static partial Regex FeatureId();

    [GeneratedRegex(@"^Software(\\[A-Za-z0-9_.-]+){2,}$")]
    private static partial Regex RegistryKey();
}
