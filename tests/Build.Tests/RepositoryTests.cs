namespace Qcw.Build.Tests;

/// <summary>What .editorconfig asks of files that no compiler looks at.</summary>
public sealed class RepositoryTests
{
    // written by others: Debian's and upstream's licence and keys, NuGet's and npm's lock files
    private static readonly string[] OfOthers = [".asc", "lock.json", "LICENSE"];

    [Test]
    public void Text_files_end_in_one_line_feed_and_have_no_trailing_space_no_tab_and_no_carriage_return()
    {
        var problems = new List<string>();
        foreach (string name in TextFiles())
        {
            string text = File.ReadAllText(Path.Combine(Repository.Root, name));
            Check(text.Contains('\r'), "has a carriage return");
            Check(text.Contains('\t') && !name.EndsWith(".go", StringComparison.Ordinal), "has a tab"); // gofmt indents with tabs
            Check(!text.EndsWith('\n') || text.EndsWith("\n\n", StringComparison.Ordinal), "does not end in exactly one line feed");
            Check(text.Contains(" \n", StringComparison.Ordinal), "has trailing white space");

            void Check(bool found, string what)
            {
                if (found)
                {
                    problems.Add($"{name} {what}");
                }
            }
        }

        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void The_text_files_are_found() =>
        Assert.That(TextFiles(), Is.SupersetOf(["README.md", "build.sh", "build/Program.cs", ".github/workflows/ci.yml"]));

    // no compiler and no formatter of .NET looks at max_line_length
    [Test]
    public void No_line_of_CSharp_is_longer_than_editorconfig_allows()
    {
        int allowed = LongestLine();
        Assert.That(
            from name in TextFiles()
            where IsCSharp(name)
            from line in File.ReadLines(Path.Combine(Repository.Root, name)).Index()
            where line.Item.Length > allowed
            select $"{name}:{line.Index + 1} has {line.Item.Length} columns; .editorconfig allows {allowed}",
            Is.Empty);
    }

    [Test]
    public void The_files_of_CSharp_are_found() =>
        Assert.That(TextFiles().Where(IsCSharp), Is.SupersetOf(["build/Program.cs", "tests/Build.Tests/RepositoryTests.cs"]));

    // NUGET_PACKAGES, which people set, has no slash at its end; NuGet's own default has one
    [Test]
    public void Projects_give_the_folder_of_packages_its_slash()
    {
        string[] uses =
        [
            .. from name in TextFiles()
               where name.EndsWith("proj", StringComparison.Ordinal) || name.EndsWith(".props", StringComparison.Ordinal)
                   || name.EndsWith(".targets", StringComparison.Ordinal)
               from line in File.ReadLines(Path.Combine(Repository.Root, name))
               where line.Contains("$(NuGetPackageRoot)", StringComparison.Ordinal)
               select $"{name}: {line.Trim()}",
        ];
        Assert.That(uses, Has.Length.GreaterThan(1));
        Assert.That(uses, Has.All.Contain("EnsureTrailingSlash('$(NuGetPackageRoot)')"));
    }

    private static bool IsCSharp(string name) =>
        name.EndsWith(".cs", StringComparison.Ordinal)
        && (name.StartsWith("build/", StringComparison.Ordinal) || name.StartsWith("tests/", StringComparison.Ordinal));

    private static int LongestLine()
    {
        const string Key = "max_line_length = ";
        string[] settings = File.ReadAllLines(Path.Combine(Repository.Root, ".editorconfig"));
        string setting = settings.SkipWhile(line => line != "[*.cs]").First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return int.Parse(setting[Key.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What is committed or staged and still there. Git knows which files are text: by their attributes, or their bytes.</summary>
    private static IEnumerable<string> TextFiles()
    {
        string list = ProcessRunner.Run(new ProcessRequest("git", "ls-files", "-z", "--eol") { WorkingDirectory = Repository.Root })
            .StandardOutput;
        return
            from entry in list.Split('\0')
            let parts = entry.Split('\t', 2)
            where parts.Length == 2 && !parts[0].Contains("-text", StringComparison.Ordinal)
            where File.Exists(Path.Combine(Repository.Root, parts[1]))
                && !OfOthers.Any(ending => parts[1].EndsWith(ending, StringComparison.Ordinal))
            select parts[1];
    }
}
