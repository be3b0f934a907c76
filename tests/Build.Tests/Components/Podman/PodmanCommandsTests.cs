using Qcw.Build.Components;

namespace Qcw.Build.Tests.Components.Podman;

public sealed class PodmanCommandsTests
{
    [Test]
    public void Commands_are_followed_by_their_subcommands()
    {
        IReadOnlyList<string> commands = PodmanCommands.List(words => string.Join(' ', words) switch
        {
            "" => "Usage:\n  x\n\nAvailable Commands:\n  image       Manage images\n  ps          List\n\nOptions:\n  -v, --version\n",
            "image" => "Available Commands:\n  rm   Remove\n\nUse it well\n",
            _ => "No commands\n\nOptions:\n  -a   all\n",
        });
        Assert.That(commands, Is.EqualTo(new[] { "image", "image rm", "ps" }));
    }

    [Test]
    public void A_help_without_commands_is_an_error() =>
        Assert.That(
            () => PodmanCommands.List(_ => "Usage: x\n"),
            Throws.InstanceOf<BuildException>().With.Message.Contains("Available Commands:"));

    [Test]
    public void A_page_has_the_words_of_its_command() => Assert.That(PodmanCommands.Page("image rm"), Is.EqualTo("podman-image-rm"));
}
