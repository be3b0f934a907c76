using System.Text;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>
/// Arguments as Cake has them: one text, in which double quotes keep spaces together. A quote cannot be part of an argument.
/// </summary>
internal static class ArgumentText
{
    /// <summary>The arguments in a text.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        bool quoted = false;
        bool any = false;
        foreach (char letter in text)
        {
            if (letter == '"')
            {
                quoted = !quoted;
                any = true;
            }
            else if (letter == ' ' && !quoted)
            {
                End();
            }
            else
            {
                current.Append(letter);
                any = true;
            }
        }

        End();
        return arguments;

        void End()
        {
            if (any)
            {
                arguments.Add(current.ToString());
            }

            current.Clear();
            any = false;
        }
    }

    /// <summary>An argument in quotes.</summary>
    /// <exception cref="BuildException">It has a quote itself.</exception>
    public static string Quote(string argument) => argument.Contains('"', StringComparison.Ordinal)
        ? throw new BuildException($"'{argument}' contains a double quote, which cannot be passed to a container engine")
        : $"\"{argument}\"";
}
