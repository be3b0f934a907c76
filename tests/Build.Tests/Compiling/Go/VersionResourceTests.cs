using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Tests.Compiling.Go;

public sealed class VersionResourceTests
{
    private readonly VersionResource resource = new(new FileVersion(4, 5, 6, 7), "4.5.6-7-gabcdef", "Podman for Windows")
    {
        CompanyName = "The company",
        FileDescription = "Größe", // 5 characters, 10 bytes
        OriginalFilename = "podman.exe",
        InternalName = "podman",
    };

    [Test]
    public void Texts_are_in_US_English_and_empty_ones_are_left_out()
    {
        VersionNode texts = VersionNode.Read(resource.ToBytes())["StringFileInfo"]["040904B0"];
        Assert.That(
            texts.Children.ToDictionary(node => node.Name, node => node.Text),
            Is.EqualTo(
                new Dictionary<string, string>
                {
                    ["CompanyName"] = "The company",
                    ["FileDescription"] = "Größe",
                    ["FileVersion"] = "4.5.6.7",
                    ["InternalName"] = "podman",
                    ["OriginalFilename"] = "podman.exe",
                    ["ProductName"] = "Podman for Windows",
                    ["ProductVersion"] = "4.5.6-7-gabcdef",
                }));
        Assert.That(
            texts.Children.Select(node => node.Value[^2..]), Is.All.EqualTo(new byte[2]), "a text ends in a zero, which its length counts");
    }

    [Test]
    public void The_fixed_part_has_the_numbers()
    {
        VersionNode root = VersionNode.Read(resource.ToBytes());
        Assert.That(root.Name, Is.EqualTo("VS_VERSION_INFO"));
        Assert.That(root.IsText, Is.False);
        Assert.That(
            root.Value.Chunk(4).Select(part => BitConverter.ToUInt32(part)),
            Is.EqualTo(new uint[] { 0xFEEF04BD, 0x10000, 0x40005, 0x60007, 0x40005, 0x60007, 0x3F, 0, 0x40004, 1, 0, 0, 0 }));
    }

    [Test]
    public void The_translation_names_the_language_of_the_texts()
    {
        VersionNode translation = VersionNode.Read(resource.ToBytes())["VarFileInfo"]["Translation"];
        Assert.That(translation.IsText, Is.False);
        Assert.That(translation.Value, Is.EqualTo(new byte[] { 0x09, 0x04, 0xB0, 0x04 }));
    }

    [Test]
    public void A_zero_in_a_text_is_refused() =>
        Assert.That(
            () => (resource with { Comments = "a\0b" }).ToBytes(),
            Throws.InstanceOf<BuildException>().With.Message.Contains("Comments"));

    [Test]
    public void Texts_that_are_too_long_are_refused() =>
        Assert.That(
            () => (resource with { Comments = new string('x', 33_000) }).ToBytes(),
            Throws.InstanceOf<BuildException>().With.Message.Contains("Comments has"));

    [Test]
    public void Texts_that_are_too_long_together_are_refused()
    {
        string half = new('x', 17_000);
        Assert.That(
            () => (resource with { Comments = half, CompanyName = half }).ToBytes(),
            Throws.InstanceOf<BuildException>().With.Message.Contains("040904B0 has"));
    }
}
