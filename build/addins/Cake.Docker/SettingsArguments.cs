using System.Globalization;
using System.Reflection;
using System.Text;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.Docker;

/// <summary>
/// Turns settings into options: <c>NoTrunc = true</c> into <c>--no-trunc</c>, in the order in which the class declares them.
/// </summary>
internal static class SettingsArguments
{
    /// <summary>Appends the options of all properties that are set; several values of one give the option several times.</summary>
    public static void AppendTo(ProcessArgumentBuilder arguments, AutoToolSettings settings)
    {
        foreach (PropertyInfo property in settings
                .GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            string option = OptionOf(property.Name);
            switch (property.GetValue(settings))
            {
                case true:
                    arguments.Append(option);
                    break;
                case long or int:
                    arguments.Append(option).Append(Convert.ToString(property.GetValue(settings), CultureInfo.InvariantCulture)!);
                    break;
                case string { Length: > 0 } text:
                    arguments.Append(option).AppendQuoted(text);
                    break;
                case string[] texts:
                    foreach (string text in texts)
                    {
                        arguments.Append(option).AppendQuoted(text);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static string OptionOf(string property)
    {
        var option = new StringBuilder("-");
        foreach (char letter in property)
        {
            option.Append(char.IsUpper(letter) ? "-" : string.Empty).Append(char.ToLowerInvariant(letter));
        }

        return option.ToString();
    }
}
