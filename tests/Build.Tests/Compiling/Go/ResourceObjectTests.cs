using System.Reflection.PortableExecutable;
using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Tests.Compiling.Go;

public sealed class ResourceObjectTests
{
    private static readonly VersionResource Resource = new(new FileVersion(1, 2, 3, 4), "1.2.3", "A product");

    private static IEnumerable<Architecture> Architectures => Architecture.All;

    [TestCaseSource(nameof(Architectures))]
    public void It_is_an_object_with_one_resource_section(Architecture architecture)
    {
        using PEReader reader = Read(architecture);
        CoffHeader header = reader.PEHeaders.CoffHeader;
        Assert.That(reader.PEHeaders.PEHeader, Is.Null, "an object, not an image");
        Assert.That(header.Machine, Is.EqualTo(architecture.Machine));
        Assert.That(header.TimeDateStamp, Is.Zero);
        Assert.That(reader.PEHeaders.SectionHeaders.Select(section => section.Name), Is.EqualTo(new[] { ".rsrc" }));
        Assert.That(reader.PEHeaders.SectionHeaders[0].SizeOfRawData % 4, Is.Zero);
    }

    [TestCaseSource(nameof(Architectures))]
    public void Its_directories_lead_to_the_resource(Architecture architecture)
    {
        byte[] section = Section(architecture);
        int names = Follow(section, 0, 16);
        int languages = Follow(section, names & int.MaxValue, 1);
        int entry = Follow(section, languages & int.MaxValue, 0x409);
        Assert.That((names < 0, languages < 0, entry < 0), Is.EqualTo((true, true, false)), "the highest bit marks a folder");
        int data = BitConverter.ToInt32(section, entry);
        int length = BitConverter.ToInt32(section, entry + 4);
        Assert.That(section[data..(data + length)], Is.EqualTo(Resource.ToBytes()));
    }

    [TestCase("x86_64", 3)]
    [TestCase("arm64", 2)]
    public void The_linker_is_asked_for_the_data_s_address_in_the_image(string name, int relocation)
    {
        using PEReader reader = Read(Architecture.Of(name));
        byte[] file = ResourceObject.Write(Resource, Architecture.Of(name));
        SectionHeader section = reader.PEHeaders.SectionHeaders[0];
        Assert.That(section.NumberOfRelocations, Is.EqualTo(1));
        int at = section.PointerToRelocations;
        int languages = Follow(Section(Architecture.Of(name)), 48, 0x409);
        Assert.That(BitConverter.ToInt32(file, at), Is.EqualTo(languages));
        Assert.That(BitConverter.ToInt32(file, at + 4), Is.Zero, "the symbol");
        Assert.That(BitConverter.ToUInt16(file, at + 8), Is.EqualTo(relocation));

        int symbol = reader.PEHeaders.CoffHeader.PointerToSymbolTable;
        Assert.That(reader.PEHeaders.CoffHeader.NumberOfSymbols, Is.EqualTo(1));
        Assert.That(file[symbol..], Is.EqualTo(".rsrc\0\0\0\0\0\0\0\x1\0\0\0\x3\0\x4\0\0\0"u8.ToArray()));
    }

    [TestCase("x86_64", ExpectedResult = "qcw_windows_amd64.syso")]
    [TestCase("arm64", ExpectedResult = "qcw_windows_arm64.syso")]
    public string Its_name_says_what_Go_uses_it_for(string name) => ResourceObject.FileName(Architecture.Of(name));

    private static int Follow(byte[] section, int directory, int id)
    {
        Assert.That(BitConverter.ToInt32(section, directory + 12), Is.EqualTo(1 << 16), "one entry, with a number");
        Assert.That(BitConverter.ToInt32(section, directory + 16), Is.EqualTo(id));
        return BitConverter.ToInt32(section, directory + 20);
    }

    private static byte[] Section(Architecture architecture)
    {
        using PEReader reader = Read(architecture);
        SectionHeader header = reader.PEHeaders.SectionHeaders[0];
        return ResourceObject.Write(Resource, architecture)[header.PointerToRawData..(header.PointerToRawData + header.SizeOfRawData)];
    }

    private static PEReader Read(Architecture architecture) => new(new MemoryStream(ResourceObject.Write(Resource, architecture)));
}
