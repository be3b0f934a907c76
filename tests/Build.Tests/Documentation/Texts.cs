using System.Collections;

namespace Qcw.Build.Tests.Documentation;

/// <summary>Finds the texts in a record.</summary>
internal static class Texts
{
    /// <summary>Every text in the properties of a value and in the lists and records below it.</summary>
    public static IEnumerable<string> In(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable items => items.Cast<object?>().SelectMany(In),
        _ when value.GetType().Assembly != typeof(BuildException).Assembly => [value.ToString() ?? string.Empty],
        _ => value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => In(property.GetValue(value))),
    };
}
