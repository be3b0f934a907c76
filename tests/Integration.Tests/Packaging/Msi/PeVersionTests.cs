using Qcw.Build.Packaging.Pe;

namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>The version resource of programs that are compiled here.</summary>
internal sealed class PeVersionTests
{
    [TestCase("1,2,3,4", "1.2.3.4")]
    [TestCase("65535,0,1,65535", "65535.0.1.65535")]
    public void The_version_of_a_compiled_program_is_read(string numbers, string expected)
    {
        using var folder = new TemporaryFolder();
        MsiProduct.Compile(folder["a.exe"], "1", numbers);
        Assert.That(PeVersion.Read(folder["a.exe"]), Is.EqualTo(new PeVersion(expected, "1033")));
    }

    [Test]
    public void A_program_without_version_and_a_text_have_none()
    {
        using var folder = new TemporaryFolder();
        MsiProduct.Compile(folder["a.exe"], "1", null);
        Assert.That(PeVersion.Read(folder["a.exe"]), Is.Null);
        Assert.That(PeVersion.Read(folder.Write("text", "text"u8.ToArray())), Is.Null);
    }

    [Test]
    public void Any_cut_of_a_program_is_read_or_explained()
    {
        using var folder = new TemporaryFolder();
        MsiProduct.Compile(folder["a.exe"], "1", "1,2,3,4");
        byte[] image = File.ReadAllBytes(folder["a.exe"]);
        for (int length = 0; length < image.Length; length += 61)
        {
            string file = folder.Write("cut.exe", image[..length]);
            try
            {
                PeVersion.Read(file);
            }
            catch (BuildException e)
            {
                Assert.That(e.Message, Does.Contain(file));
            }
        }
    }
}
