using System.Reflection.PortableExecutable;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>A function that a DLL exports.</summary>
/// <param name="Name">As in its table of names.</param>
/// <param name="Ordinal">The number that importers may use instead.</param>
internal sealed record Export(string Name, int Ordinal);

/// <summary>Reads the named exports of a DLL (PE format, section 6.3).</summary>
internal static class ExportTable
{
    private const int OrdinalBase = 16;
    private const int NumberOfNames = 24;
    private const int NamePointers = 32;
    private const int Ordinals = 36;

    public static IReadOnlyList<Export> Read(string dll)
    {
        using var pe = new PEReader(File.OpenRead(dll));
        BlobAt table = new(pe, pe.PEHeaders.PEHeader!.ExportTableDirectory.RelativeVirtualAddress);
        BlobAt names = new(pe, table.Int32(NamePointers));
        BlobAt ordinals = new(pe, table.Int32(Ordinals));
        return
        [
            .. Enumerable.Range(0, table.Int32(NumberOfNames)).Select(index => new Export(
                new BlobAt(pe, names.Int32(index * 4)).Text(), table.Int32(OrdinalBase) + ordinals.UInt16(index * 2))),
        ];
    }

    private sealed class BlobAt(PEReader pe, int address)
    {
        public int Int32(int offset) => pe.GetSectionData(address + offset).GetReader().ReadInt32();

        public int UInt16(int offset) => pe.GetSectionData(address + offset).GetReader().ReadUInt16();

        public string Text()
        {
            var reader = pe.GetSectionData(address).GetReader();
            return Encoding.ASCII.GetString(reader.ReadBytes(reader.IndexOf(0)));
        }
    }
}
