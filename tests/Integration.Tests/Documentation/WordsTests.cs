using System.Text;

namespace Qcw.Integration.Tests.Documentation;

/// <summary>
/// cspell over the pages, the comments, and the sentences in strings; markdownlint over the pages. Both come from npm, in the versions and
/// with the hashes of tests/Documentation/package-lock.json, and run with the settings beside it.
/// </summary>
public sealed class WordsTests
{
    private TemporaryFolder tools = null!;

    private static string Settings { get; } = Path.Combine(Repository.Root, "tests", "Documentation");

    [OneTimeSetUp]
    public void FetchTools()
    {
        tools = new TemporaryFolder();
        foreach (string name in (string[])["package.json", "package-lock.json"])
        {
            File.Copy(Path.Combine(Settings, name), tools[name]);
        }

        ProcessRunner.Run(new ProcessRequest("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
        {
            WorkingDirectory = tools.Path,
        });
    }

    [OneTimeTearDown]
    public void DeleteTools() => tools.Dispose();

    [Test]
    public void Every_word_is_in_a_dictionary_or_in_the_list_of_terms()
    {
        ProcessResult result = Spell(Files("*.md", "build/*.cs", "tests/*.cs", "*.ps1", "*.sh", "*.nsi", "*.yml"));
        string advice = "correct these words, or add a real term to tests/Documentation/words.txt:\n";
        Assert.That(result.ExitCode, Is.Zero, advice + result.StandardOutput + result.StandardError);
    }

    [Test]
    public void Every_page_keeps_the_rules_of_Markdown()
    {
        ProcessResult result = Lint(Files("*.md"));
        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
    }

    [Test]
    public void A_misspelled_word_is_found_in_prose_and_not_in_code()
    {
        const string Word = "recieve";
        using var folder = new TemporaryFolder();
        string code = $"string {Word} = \"{Word}\";\nstring text = \"did not {Word} it\";\n// did not {Word} it\n";
        string[] files =
        [
            folder.Write("page.md", Encoding.UTF8.GetBytes($"# Page\n\nThe `{Word}` command.\nIt did not {Word} it.\n")),
            folder.Write("build/a/Code.cs", Encoding.UTF8.GetBytes(code)),
            folder.Write("tests/a/Code.cs", Encoding.UTF8.GetBytes(code)),
            folder.Write("a.ps1", Encoding.UTF8.GetBytes($"# did not {Word} it\n${Word} = '{Word}'\nWrite-Host 'did not {Word} it'\n")),
            folder.Write("a.sh", Encoding.UTF8.GetBytes($"# did not {Word} it\n{Word} {Word}\n")),
        ];

        ProcessResult result = Spell(files);

        IEnumerable<string> found = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[..line.IndexOf(" - ", StringComparison.Ordinal)]);
        string[] expected =
        [
            $"{files[0]}:4:12", $"{files[1]}:2:24", $"{files[1]}:3:12", $"{files[2]}:3:12",
            $"{files[3]}:1:11", $"{files[3]}:3:21", $"{files[4]}:1:11",
        ];
        Assert.That(found, Is.EqualTo(expected), result.StandardOutput);
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    [TestCase("# Page\n\nOne sentence.\nAnother one, with `a.b. C` in it.\n\n- An item, e.g. this one.\n  Its second sentence.\n", null)]
    [TestCase("# Page\n\nOne sentence. Another one.\n", "the line has two sentences")]
    [TestCase("# Page\n\n1. One sentence. `code` begins another one.\n", "the line has two sentences")]
    [TestCase("# Page\n\nOne sentence\nthat goes on.\n", "the sentence continues on the next line")]
    [TestCase("# Page\n\n```\nfenced\n```\n", "MD046")]
    public void A_page_against_the_rules_is_found(string text, string? problem)
    {
        using var folder = new TemporaryFolder();
        ProcessResult result = Lint([folder.Write("page.md", Encoding.UTF8.GetBytes(text))]);
        Assert.That(result.ExitCode, problem is null ? Is.Zero : Is.EqualTo(1), result.StandardError);
        Assert.That(result.StandardError, problem is null ? Is.Empty : Does.Contain(problem));
    }

    // relative to the checkout; fixtures imitate the files of other projects, so their words are not ours
    private static string[] Files(params string[] patterns)
    {
        string[] arguments = ["ls-files", "--cached", "--others", "--exclude-standard", "--", .. patterns];
        ProcessResult listed = ProcessRunner.Run(new ProcessRequest("git", arguments) { WorkingDirectory = Repository.Root });
        string[] files =
        [
            .. listed
                .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(file =>
                    !file.Contains("/fixtures/", StringComparison.OrdinalIgnoreCase) && File.Exists(Path.Combine(Repository.Root, file))),
        ];
        Assert.That(files, Has.Member("README.md"));
        return files;
    }

    private ProcessResult Spell(string[] files) => Run(
        "cspell",
        string.Join('\n', files),
        ["lint", "--config", Path.Combine(Settings, "cspell.json"), "--no-progress", "--no-summary", "--file-list", "stdin"]);

    // ":" keeps a name from being read as a pattern
    private ProcessResult Lint(string[] files) => Run(
        "markdownlint-cli2", null, ["--config", Path.Combine(Settings, ".markdownlint-cli2.jsonc"), .. files.Select(file => ":" + file)]);

    private ProcessResult Run(string tool, string? input, params string[] arguments) => ProcessRunner.Run(
        new ProcessRequest(Path.Combine(tools["node_modules"], ".bin", tool), arguments)
        {
            WorkingDirectory = Repository.Root,
            StandardInput = input,
            AllowFailure = true,
        });
}
