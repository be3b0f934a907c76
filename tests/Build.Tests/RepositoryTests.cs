namespace Qcw.Build.Tests;

/// <summary>What .editorconfig asks of files that no compiler looks at.</summary>
public sealed class RepositoryTests
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj"];

    // bytes, or written by others: Debian's and upstream's licence and keys, patches, NuGet's lock files
    private static readonly string[] NotText = [".patch", ".asc", ".gpg", ".sig", ".bin", ".lock.json"];

    [Test]
    public void Text_files_end_in_one_line_feed_and_have_no_trailing_space_no_tab_and_no_carriage_return()
    {
        var problems = new List<string>();
        foreach (string file in Files(Repository.Root))
        {
            string text = File.ReadAllText(file);
            string name = Path.GetRelativePath(Repository.Root, file);
            Check(text.Contains('\r'), "has a carriage return");
            Check(text.Contains('\t'), "has a tab");
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

    private static IEnumerable<string> Files(string folder)
    {
        foreach (string file in Directory.GetFiles(folder).Where(file => !NotText.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) && Path.GetFileName(file) != "LICENSE"))
        {
            yield return file;
        }

        foreach (string file in Directory.GetDirectories(folder).Where(sub => !NotOurs.Contains(Path.GetFileName(sub))).SelectMany(Files))
        {
            yield return file;
        }
    }
}
