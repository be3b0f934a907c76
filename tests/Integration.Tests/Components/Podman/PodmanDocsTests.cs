using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Components.Podman;

/// <summary>Podman's documentation from a small tree, with real pandoc, bash and Python.</summary>
public sealed class PodmanDocsTests
{
    private PodmanTree tree = null!;

    [SetUp]
    public void MakeTree() => tree = new PodmanTree();

    [TearDown]
    public void DeleteTree() => tree.Dispose();

    [Test]
    public void Each_command_has_a_page_that_stands_for_itself()
    {
        string before = tree.Snapshot();
        var lines = new List<string>();

        IReadOnlyList<string> pages = PodmanDocs.Make(tree.Request("out"), lines.Add);

        Assert.That(pages.Select(Path.GetFileName), Is.EqualTo(new[]
        {
            "podman-for-windows.html", "podman-image-list.html", "podman-image.html", "podman-list.html", "podman.html",
        }));
        Assert.That(pages, Is.EqualTo(Directory.GetFiles(tree.Request("out").Output).Order(StringComparer.Ordinal)));
        Assert.That(File.ReadAllText(pages[0]), Does.Contain("src=\"data:image/png;base64,"), "the logo of the source tree");
        Assert.That(File.ReadAllText(pages[3]), Does.Contain("show everything"), "the option's text");
        Assert.That(File.ReadAllText(pages[1]), Is.EqualTo(File.ReadAllText(pages[3])), "the same page under another name");
        Assert.That(lines, Does.Contain("qcw: podman-docs: pages").And.Contain("[5/5] podman-for-windows.md"));
        Assert.That(tree.Snapshot(), Is.EqualTo(before), "the source tree is only read");
    }

    [Test]
    public void Links_lead_to_pages_or_are_none()
    {
        var lines = new List<string>();
        string output = Path.GetDirectoryName(PodmanDocs.Make(tree.Request("out"), lines.Add)[0])!;

        string index = File.ReadAllText(Path.Combine(output, "podman.html")).ReplaceLineEndings(" ");
        Assert.That(
            index, Does.Contain("href=\"podman-list.html\">list</a>").And.Contain("href=\"podman-image.html\"><strong>image</strong></a>"));
        Assert.That(index, Does.Contain(" <strong>mount</strong>,").And.Not.Contain("podman-mount"));
        Assert.That(index, Does.Contain("href=\"https://example.org/\">the web</a>"));
        Assert.That(File.ReadAllText(Path.Combine(output, "podman-image.html")), Does.Contain("href=\"podman.html\">podman</a>"));
        Assert.That(lines, Does.Contain("podman.html: the link to podman-mount.html leads to no page and becomes text"));
    }

    [Test]
    public void Another_folder_gives_the_same_bytes()
    {
        IEnumerable<string> one = PodmanDocs.Make(tree.Request("one"), _ => { }).Select(Content);
        IEnumerable<string> two = PodmanDocs.Make(tree.Request("another one/of them"), _ => { }).Select(Content);
        Assert.That(two, Is.EqualTo(one));
    }

    [Test]
    public void A_page_that_pandoc_cannot_convert_is_named()
    {
        tree.Change("docs/source/markdown/podman-image.1.md", text => "---\ntitle: [\n---\n" + text);
        AssertFails("failed at podman-image.1.md", "YAML parse exception", tree.Request("out").LogFile);
    }

    [Test]
    public void An_empty_page_is_named()
    {
        tree.Change("docs/remote-docs.sh", text => text + ": >../../$target/podman-list.html\n");
        AssertFails("podman-list.html is empty");
    }

    [Test]
    public void A_command_without_a_source_is_named()
    {
        File.Delete(tree.InSource("docs/source/markdown/links/podman-image-list.1"));
        AssertFails("no page for: podman image list (expected docs/source/markdown/podman-image-list.1.md");
    }

    [Test]
    public void A_page_that_the_script_has_not_made_is_named()
    {
        tree.Change("docs/remote-docs.sh", text => text + "rm ../../$target/podman-list.html\n");
        AssertFails("podman-list.html");
    }

    [Test]
    public void An_image_from_the_network_is_named()
    {
        tree.Change("docs/tutorials/podman-for-windows.md", text => text + "\n![x](https://example.org/other.png)\n");
        AssertFails("https://example.org/other.png");
    }

    [Test]
    public void Links_that_the_script_has_not_converted_are_named()
    {
        tree.Change("docs/links-to-html.lua", _ => "-- nothing\n");
        AssertFails("links to podman-", "but the page is called podman-");
    }

    [Test]
    public void What_is_no_tree_of_Podman_is_named()
    {
        File.Delete(tree.InSource("hack/markdown-preprocess"));
        AssertFails("it has no hack/markdown-preprocess");
    }

    [Test]
    public void A_client_that_fails_is_named()
    {
        tree.Change("podman-remote", _ => "#!/bin/sh\necho 'this client is broken'; exit 3\n");
        Assert.That(
            () => PodmanDocs.Make(tree.Request("out"), _ => { }),
            Throws.InstanceOf<ProcessFailedException>().With.Message.Contains("this client is broken").And.Message.Contains("exit code 3"));
    }

    private void AssertFails(params string[] messages)
    {
        BuildException? failure = Assert.Catch<BuildException>(() => PodmanDocs.Make(tree.Request("out"), _ => { }));
        Assert.That(
            messages, Is.All.Matches<string>(message => failure!.Message.Contains(message, StringComparison.Ordinal)), failure!.Message);
        Assert.That(Directory.Exists(tree.Request("out").Output), Is.False);
    }

    private static string Content(string page) => $"{Path.GetFileName(page)} {File.ReadAllText(page)}";
}
