using System.Globalization;
using Qcw.Build.Compiling.Container;
using Qcw.Build.Model;
using Qcw.Build.Text;

namespace Qcw.Build.CommandLine;

/// <summary>Turns arguments into <see cref="BuildOptions"/>; refuses what it does not know, which Cake would silently ignore.</summary>
/// <param name="callerDirectory">Relative paths in options are meant from here.</param>
public sealed class OptionParser(string callerDirectory)
{
    private static readonly string[] OverrideEndings = ["-source", "-version"];

    /// <summary>Parses the command line.</summary>
    /// <exception cref="UsageException">An option is unknown, lacks its value, or has a value that is not allowed.</exception>
    public BuildOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BuildOptions();
        var targets = new List<string>();
        var cake = new List<string>();
        var overrides = new Dictionary<string, (string? Version, string? Source)>(StringComparer.Ordinal);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            (string name, string? value) = Split(argument);
            if (IsOverride(name))
            {
                AddOverride(overrides, name, value ?? TakeValue(name, rest));
                continue;
            }

            Option option = OptionTable.Find(name) ?? throw Unknown(argument, name);
            string text = option.Value is null ? Switch(option, value) : value ?? TakeValue(name, rest);
            Check(option, text);
            if (option.Name == "target")
            {
                targets.Add(text);
            }

            if (option.ForCake && text != "false")
            {
                cake.Add(option.Value is null ? $"--{option.Name}" : $"--{option.Name}={text}");
            }

            options = Apply(options, option.Name, text);
        }

        return options with
        {
            Targets = targets.Count > 0 ? targets : options.Targets,
            Overrides = overrides,
            CakeArguments = cake,
        };
    }

    private BuildOptions Apply(BuildOptions options, string name, string value) => name switch
    {
        "line" => options with { Line = value },
        "arch" => options with { Architecture = Architecture.Of(value) },
        "mirror" => options with { Mirror = IsUrl(value) ? value : FullPath(value) },
        "offline" => options with { Offline = value == "true" },
        "jobs" => options with { Jobs = Count(name, value) },
        "downloads" => options with { Downloads = Count(name, value) },
        "builder" => options with { Builder = value },
        "engine" => options with { Engine = value },
        "container-base" => options with { ContainerBase = BaseReference.Parse(value, callerDirectory) },
        "memory" => options with { Limits = options.Limits with { Memory = ContainerLimits.MemoryOf(value) } },
        "cpus" => options with { Limits = options.Limits with { Cpus = ContainerLimits.CpusOf(value) } },
        "install-tools" => options with { InstallTools = value == "true" },
        "refresh-firmware" => options with { RefreshFirmware = value == "true" },
        "tag" => options with { Tag = IsTag(value) ? value : throw new UsageException($"--tag: found \"{value}\", expected letters, digits and . _ + -, such as 0.1.0") },
        "artifacts" => options with { Artifacts = FullPath(value) },
        "complete" => options with { Complete = value == "true" },
        "for" => options with { For = value },
        "filter" => options with { Filter = value },
        "exclusive" => options with { Exclusive = value == "true" },
        "help" => options with { Help = value == "true" },
        "version" => options with { Version = value == "true" },
        "info" => options with { Info = value == "true" },
        "dryrun" or "tree" or "description" => options with { PlansOnly = options.PlansOnly || value == "true" },
        _ => options,
    };

    private void AddOverride(Dictionary<string, (string? Version, string? Source)> overrides, string name, string value)
    {
        string ending = OverrideEndings.First(name.EndsWith);
        string component = name[..^ending.Length];
        (string? version, string? source) = overrides.GetValueOrDefault(component);
        overrides[component] = ending == "-source" ? (version, FullPath(value)) : (value, source);
    }

    private static bool IsOverride(string name) =>
        OptionTable.Find(name) is null && OverrideEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal) && name.Length > ending.Length);

    private static (string Name, string? Value) Split(string argument)
    {
        if (argument is "-" or "--" || !argument.StartsWith('-'))
        {
            throw new UsageException($"unexpected argument \"{argument}\": options start with --, a target is given as --target={argument.Trim('-')}");
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

    private static string TakeValue(string name, Queue<string> rest) =>
        rest.TryPeek(out string? next) && !next.StartsWith("--", StringComparison.Ordinal)
            ? rest.Dequeue()
            : throw new UsageException($"--{name} needs a value: --{name}={OptionTable.Find(name)?.Value ?? "VALUE"}");

    private static string Switch(Option option, string? value) => value?.ToLowerInvariant() switch
    {
        null or "true" => "true",
        "false" => "false",
        _ => throw new UsageException($"--{option.Name} is a switch: found \"{value}\", expected no value, true or false"),
    };

    private static void Check(Option option, string value)
    {
        if (value.Length == 0)
        {
            throw new UsageException($"--{option.Name} has an empty value; expected {option.Value}");
        }

        if (option.Allowed is { } allowed && !allowed.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"--{option.Name}: found \"{value}\", expected one of: {string.Join(", ", allowed)}");
        }
    }

    private static int Count(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 1024
            ? count
            : throw new UsageException($"--{name}: found \"{value}\", expected a whole number from 1 to 1024");

    // it becomes a part of addresses, and of a script
    private static bool IsTag(string value) => char.IsAsciiLetterOrDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || "._+-".Contains(c, StringComparison.Ordinal));

    private static bool IsUrl(string value) =>
        value.StartsWith("https://", StringComparison.Ordinal) || value.StartsWith("http://", StringComparison.Ordinal);

    private string FullPath(string value) => Path.GetFullPath(value, callerDirectory);
}
