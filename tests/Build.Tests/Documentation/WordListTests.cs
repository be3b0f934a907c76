namespace Qcw.Build.Tests.Documentation;

/// <summary>The files that the spell check is made of; tests/Integration.Tests runs it.</summary>
public sealed class WordListTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Documentation");

    [Test]
    public void The_terms_are_in_alphabetical_order_and_each_is_there_once()
    {
        string[] terms = File.ReadAllLines(Path.Combine(Folder, "words.txt"));
        Assert.That(terms, Is.Not.Empty);
        Assert.That(terms, Is.EqualTo(terms.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)));
    }

    // npm writes the registry of whoever made the lock file into it, unless it is told not to
    [TestCase("package-lock.json")]
    [TestCase("site/package-lock.json")]
    [TestCase("../Sigstore/package-lock.json")]
    public void The_lock_file_has_hashes_and_no_address_of_a_registry(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder, name));
        Assert.That(text, Does.Contain("\"integrity\": \"sha512-").And.Not.Contain("\"resolved\""));
    }
}
