using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

/// <summary>Somebody makes a patch by our own instructions, with settings of git's that shape patches.</summary>
public sealed class HostileGitSettingsTests
{
    private const string Settings =
        """
        [user]
            name = N
            email = n@example.org
        [apply]
            whitespace = fix
            ignoreWhitespace = change
        [color]
            ui = always
        [core]
            attributesFile = ~/attributes
            autocrlf = true
            excludesFile = ~/ignored
            pager = false
            quotePath = false
            whitespace = trailing-space,space-before-tab
        [diff]
            algorithm = patience
            context = 0
            dstPrefix = after/
            external = false
            ignoreSubmodules = all
            interHunkContext = 9
            mnemonicPrefix = true
            noprefix = true
            orderFile = ~/order
            relative = true
            renames = copies
            srcPrefix = before/
            suppressBlankEmpty = true
        [diff "shout"]
            binary = true
            textconv = false
            xfuncname = x
        [format]
            attach = boundary
            coverLetter = true
            encodeEmailHeaders = true
            from = Else <e@example.org>
            headers = "X-Mine: yes\n"
            noprefix = true
            notes = true
            numbered = true
            outputDirectory = /nowhere
            pretty = oneline
            signature = "-- diff --git a/x b/x"
            signOff = true
            subjectPrefix = MINE
            thread = deep
            useAutoBase = whenAble
        [i18n]
            logOutputEncoding = UTF-16
        [log]
            showSignature = true

        """;

    private SourceTreeFixture fixture = null!;
    private FetchedSource source = null!;
    private PatchFile first = null!;

    [SetUp]
    public void SetUp()
    {
        fixture = new SourceTreeFixture();
        source = fixture.Archive(
            File("top/a.c", "one  \n\ntwo\n"), File("top/d/old.c", "1\n2\n3\n4\n5\n6\n"), File("top/.gitattributes", "*.c diff=shout\n"));
        first = fixture.Patch("0001-a", "--- a/a.c\n+++ b/a.c\n@@ -1,3 +1,3 @@\n one  \n \n-two\n+two \t\n");
        fixture.Write("home/.gitconfig", Settings);
        fixture.Write("home/attributes", "* text=auto eol=crlf diff=shout -diff\n");
        fixture.Write("home/.config/git/attributes", "* -diff\n");
        fixture.Write("home/ignored", "*.new\n");
        fixture.Write("home/order", "d/*\n");
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public void Do_not_shape_how_the_build_applies_a_patch()
    {
        fixture.Apply(source, first);
        using var other = new SourceTreeFixture();
        using (new EnvironmentVariable("HOME", Path.Combine(fixture.Folder, "home")))
        {
            other.Apply(source, first);
        }

        Assert.That((other.Head, other.Read("a.c")), Is.EqualTo((fixture.Head, "one  \n\ntwo \t\n")));
    }

    [TestCase("CONTRIBUTING.md")]
    [TestCase("the message about changes")]
    public void Do_not_shape_the_patch_that_is_made_by(string instructions)
    {
        fixture.Apply(source, first);
        Change();
        string command = instructions == "CONTRIBUTING.md" ? Contributing() : LocalChanges();
        Shell($"git add --all && git commit --quiet --message 'Say what it does' && {command}");
        string patch = System.IO.File.ReadAllText(Directory.GetFiles(Path.Combine(fixture.Folder, "made")).Single());
        string tree = fixture.Git("rev-parse", "HEAD^{tree}");
        Shell("git reset --quiet --hard refs/qcw/applied");
        fixture.Apply(source, first, fixture.Patch("0002-mine", patch));
        Assert.That(fixture.Git("rev-parse", "HEAD^{tree}"), Is.EqualTo(tree));
        Assert.That(
            patch,
            Does.Contain("\nFrom: N <n@example.org>\n").And.Contain("\nSubject: [PATCH] Say what it does\n\n---\n")
                .And.Contain("\nrename from d/old.c\nrename to d/ne w.c\n")
                .And.Contain("\n--- a/a.c\n+++ b/a.c\n").And.Contain("b/made.new\n")
                .And.Not.Contain("GIT binary patch"));
        Assert.That(patch.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')), Is.False, "colours");
    }

    [Test]
    public void Do_not_shape_the_patch_that_the_message_about_a_failure_says_how_to_make()
    {
        PatchFile fails = fixture.Patch("0002-fails", "--- a/a.c\n+++ b/a.c\n@@ -1,3 +1,3 @@\n one  \n \n-two\n+three \t\n");
        string message = Assert.Throws<BuildException>(() => fixture.Apply(source, first, fails))!.Message;
        IEnumerable<string> lines = message.Split('\n').Select(line => line.Trim());
        string[] steps = [.. lines.SkipWhile(line => !line.StartsWith("git -C", StringComparison.Ordinal))];
        int mend = Array.FindIndex(steps, step => step.StartsWith("mend ", StringComparison.Ordinal));

        // the hunk is left over, so git apply ends with 1
        steps[mend - 1] += " || true";
        steps[mend] = "printf 'one  \\n\\nthree \\t\\n' > a.c; rm *.rej";
        Shell(string.Join('\n', steps));
        fixture.Apply(source, first, fixture.Patch("0002-fails", System.IO.File.ReadAllText(fails.Path)));
        Assert.That(fixture.Read("a.c"), Is.EqualTo("one  \n\nthree \t\n"));
    }

    private void Change()
    {
        System.IO.File.WriteAllText(fixture.PathOf("a.c"), "one  \n\nthree \t\n");
        System.IO.File.Move(fixture.PathOf("d/old.c"), fixture.PathOf("d/ne w.c"));
        System.IO.File.WriteAllText(fixture.PathOf("made.new"), "new\r\n");
    }

    /// <summary>The command of CONTRIBUTING.md, of the last commit and with another place for the patch.</summary>
    private string Contributing()
    {
        string command = System.IO.File.ReadLines(Path.Combine(Repository.Root, "CONTRIBUTING.md"))
            .Single(line => line.StartsWith("    ", StringComparison.Ordinal) && line.Contains("format-patch", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(fixture.Folder, "made"));
        return command.Split('>')[0].Replace("COMMIT", "HEAD", StringComparison.Ordinal) + $"> {fixture.Folder}/made/0002-mine.patch";
    }

    /// <summary>The command that the build names where a tree was changed.</summary>
    private string LocalChanges()
    {
        string message = Assert.Throws<BuildException>(() => fixture.Apply(source, first))!.Message;
        string command = message.Split('\n').Single(line => line.Contains("git format-patch", StringComparison.Ordinal)).Trim();
        return command.Replace("FOLDER", fixture.Folder + "/made", StringComparison.Ordinal);
    }

    private void Shell(string commands) => ProcessRunner.Run(new ProcessRequest("bash", "-e", "-c", commands)
    {
        WorkingDirectory = fixture.Tree,
        Environment = new Dictionary<string, string?> { ["HOME"] = Path.Combine(fixture.Folder, "home"), ["XDG_CONFIG_HOME"] = null },
    });
}
