namespace Qcw.Build.Host;

/// <summary>Turns arguments into <see cref="BuildOptions"/>; refuses what it does not know, which Cake would silently ignore.</summary>
/// <param name="callerDirectory">Relative paths in options are meant from here.</param>
public sealed class OptionParser(string callerDirectory)
{
    /// <summary>Parses the command line.</summary>
    /// <exception cref="UsageException">An option is unknown, lacks its value, or has a value that is not allowed.</exception>
    public BuildOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BuildOptions();
        var cake = new List<string>();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            (string name, string? value) = Split(argument);
            Option option = OptionTable.Find(name) ?? throw Unknown(argument, name);
            string text = Checked(option, option.Value is null ? Switch(option, value) : value ?? option.Bare ?? TakeValue(option, rest));
            if (option.ForCake && text != "false")
            {
                cake.Add(option.Value is null ? $"--{option.Name}" : $"--{option.Name}={text}");
            }

            options = option.Set(options, new OptionValue(option.Name, text, callerDirectory));
        }

        return options with { Targets = options.Targets.Count > 0 ? options.Targets : [BuildOptions.DefaultTarget], CakeArguments = cake };
    }

    /// <summary>Whether arguments ask for JSON, which has to be known before anything is printed; they need not be right.</summary>
    public static bool WantsJson(IEnumerable<string> arguments) => arguments.Any(argument =>
        argument.TrimStart('-') is var option && argument.StartsWith("--", StringComparison.Ordinal)
        && (option.Equals("json", StringComparison.OrdinalIgnoreCase) || option.Equals("json=true", StringComparison.OrdinalIgnoreCase)));

    private static (string Name, string? Value) Split(string argument)
    {
        if (argument is "-" or "--" || !argument.StartsWith('-'))
        {
            throw new UsageException(
                $"unexpected argument \"{argument}\": options start with --, a target is given as --target={argument.Trim('-')}");
        }

        string text = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument[1..];
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }

    private static UsageException Unknown(string argument, string name)
    {
        string? nearest = Nearest.Match(name, OptionTable.All.Select(option => option.Name));
        string hint = nearest is null ? string.Empty : $"; did you mean --{nearest}?";
        return new UsageException($"unknown option {argument.Split('=')[0]}{hint} (--help lists all)");
    }

    private static string TakeValue(Option option, Queue<string> rest) =>
        rest.TryPeek(out string? next) && !next.StartsWith("--", StringComparison.Ordinal)
            ? rest.Dequeue()
            : throw new UsageException($"--{option.Name} needs a value: --{option.Name}={option.Value}");

    private static string Switch(Option option, string? value) => value?.ToLowerInvariant() switch
    {
        null or "true" => "true",
        "false" => "false",
        _ => throw new UsageException($"--{option.Name} is a switch: found \"{value}\", expected no value, true or false"),
    };

    /// <summary>The value; one of a list in the list's own spelling, so that nobody behind has to think of upper and lower case.</summary>
    private static string Checked(Option option, string value)
    {
        if (value.Length == 0)
        {
            throw new UsageException($"--{option.Name} has an empty value; expected {option.Value}");
        }

        return option.Allowed is not { } allowed ? value
            : allowed.FirstOrDefault(one => one.Equals(value, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"--{option.Name}: found \"{value}\", expected one of: {string.Join(", ", allowed)}");
    }
}
