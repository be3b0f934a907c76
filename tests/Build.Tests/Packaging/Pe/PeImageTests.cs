using System.Reflection.PortableExecutable;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Tests.Packaging.Pe;

public sealed class PeImageTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Reads_ordinary_and_delayed_imports()
    {
        PeImage image = Read(new PeBuilder { Imports = ["KERNEL32.dll", "zlib1.dll"], DelayImports = ["ole32.dll"] }.Build());

        Assert.That(image.IsAmd64);
        Assert.That(
            image.Imports, Is.EqualTo(new PeImport[] { new("KERNEL32.dll", false), new("zlib1.dll", false), new("ole32.dll", true) }));
    }

    [Test]
    public void Reads_an_image_without_imports() => Assert.That(Read(new PeBuilder().Build()).Imports, Is.Empty);

    [Test]
    public void Says_what_an_image_runs_on() =>
        Assert.That(
            Read(new PeBuilder { Machine = Machine.Arm64 }.Build()),
            Has.Property(nameof(PeImage.IsAmd64)).False.And.Property(nameof(PeImage.Machine)).EqualTo(Machine.Arm64));

    [Test]
    public void Reads_a_real_assembly_of_this_runtime()
    {
        string assembly = typeof(PeImageTests).Assembly.Location;
        Assert.That(PeImage.IsPe(assembly));
        Assert.That(() => PeImage.Read(assembly), Throws.Nothing);
    }

    [TestCase("", ExpectedResult = false)]
    [TestCase("MZ", ExpectedResult = false)]
    [TestCase("#!/bin/sh\nexec something that is longer than the header of a DOS program, which has 64 bytes\n", ExpectedResult = false)]
    public bool Knows_what_is_no_image(string content) => PeImage.IsPe(folder.Write("file", content));

    [Test]
    public void A_table_outside_the_image_is_an_error() =>
        AssertDamaged(new PeBuilder().BuildWithImportTableAt(0x500000), "outside the image");

    [Test]
    public void A_table_at_a_negative_address_is_an_error() =>
        AssertDamaged(new PeBuilder().BuildWithImportTableAt(int.MinValue), "outside the image");

    [Test]
    public void A_table_that_reaches_over_the_end_of_its_section_is_an_error() =>
        AssertDamaged(new PeBuilder().BuildWithImportTableAt(PeBuilder.SectionAddress + 0x1000 - 4), "outside the image");

    [Test]
    public void A_name_outside_the_image_is_an_error()
    {
        byte[] image = new PeBuilder { Imports = ["a.dll"] }.Build();
        PeBuilder.Write32(image, PeBuilder.SectionOffset + 12, 0x7fffffff);
        AssertDamaged(image, "outside the image");
    }

    [TestCase("a/b.dll", "byte 0x2f")]
    [TestCase("\u0001.dll", "byte 0x01")]
    [TestCase("", "empty name")]
    public void A_name_that_no_file_can_have_is_an_error(string name, string reason) =>
        AssertDamaged(new PeBuilder { Imports = [name] }.Build(), reason);

    [Test]
    public void A_name_without_end_is_an_error() => AssertDamaged(new PeBuilder { Imports = [new string('x', 300)] }.Build(), "no end");

    [Test]
    public void The_old_delay_load_format_is_an_error() =>
        AssertDamaged(new PeBuilder { DelayImports = ["ole32.dll"], DelayAttributes = 0 }.Build(), "Visual C++ 6");

    [Test]
    public void Any_cut_of_an_image_is_read_or_explained()
    {
        byte[] image = new PeBuilder { Imports = ["KERNEL32.dll", "zlib1.dll"], DelayImports = ["ole32.dll"] }.Build();
        string file = folder["cut.dll"];
        for (int length = 0; length < image.Length; length += length < 0x240 ? 3 : 97)
        {
            File.WriteAllBytes(file, image[..length]);
            try
            {
                PeImage.Read(file);
            }
            catch (BuildException e)
            {
                Assert.That(e.Message, Does.Contain(file));
            }
        }
    }

    private void AssertDamaged(byte[] image, string reason) =>
        Assert.That(() => Read(image), Throws.InstanceOf<BuildException>().With.Message.Contains("image.dll").And.Message.Contains(reason));

    private PeImage Read(byte[] image) => PeImage.Read(folder.Write("image.dll", image));
}
