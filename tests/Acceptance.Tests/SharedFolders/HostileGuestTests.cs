using System.Globalization;
using System.Text;

namespace Qcw.Acceptance.Tests.SharedFolders;

/// <summary>
/// What a guest can try besides names. Wine has no reparse points: a link is one of this machine, which Wine follows by itself, so that
/// only where it led tells; a pipe or device of this machine stands for the devices that Windows has.
/// </summary>
[TestFixture]
[Category("qemu")]
internal sealed class HostileGuestTests
{
    private const uint Root = 0;
    private const uint First = 1;
    private const uint Second = 2;

    private NinePGuest guest = null!;
    private IReadOnlyList<string> outside = null!;

    [SetUp]
    public void Start()
    {
        guest = new NinePGuest();
        outside = guest.Outside;
    }

    [TearDown]
    public void End()
    {
        IReadOnlyList<string> now = guest.Outside;
        guest.Dispose();
        Assert.That(now, Is.EqualTo(outside), "what is beside the share");
    }

    [Test]
    public void Links_lead_nowhere()
    {
        File.CreateSymbolicLink(InShare("file"), "../secret");
        File.CreateSymbolicLink(InShare("folder"), "../share-2");
        File.CreateSymbolicLink(InShare("absolute"), "/etc");
        File.CreateSymbolicLink(InShare("device"), "/dev/zero");
        using (Assert.EnterMultipleScope())
        {
            foreach (string name in (string[])["file", "folder", "absolute", "device"])
            {
                Assert.That(guest.Walk(Root, First, Bytes(name)), Is.EqualTo(Errno.EACCES), name);
                Assert.That(guest.Walk(Root, Second), Is.EqualTo(Errno.None));
                Assert.That(guest.Create(Second, Bytes(name)), Is.Not.EqualTo(Errno.None), $"{name}, opened for writing");
                guest.Clunk(Second);
                Assert.That(guest.Remove(Root, Bytes(name)), Is.Not.EqualTo(Errno.None), $"{name}, removed");
                Assert.That(guest.Rename(Root, Bytes(name), Bytes("mine")), Is.EqualTo(Errno.EACCES), $"{name}, renamed");
            }

            Assert.That(guest.Walk(Root, First, Bytes("folder"), Bytes("other")), Is.EqualTo(Errno.EACCES));
            Assert.That(guest.MakeLink(Root, Bytes("new"), "/etc/passwd"), Is.EqualTo(Errno.EOPNOTSUPP));
        }
    }

    // a fid's path has been made to lead out of the share by an error of the server (CVE-2026-93834); then the driver must refuse it
    [TestCase("./../secret"), TestCase("../secret"), TestCase("./folder/../../secret"), TestCase(@"./..\secret"), TestCase("/windows")]
    [TestCase("./C:/windows"), TestCase("./folder//../../secret"), TestCase(@".\..\secret"), TestCase("./../share-2/other")]
    public void No_path_leads_out_of_the_share(string path)
    {
        Directory.CreateDirectory(InShare("folder"));
        Assert.That(guest.StatPastTheProtocol(path), Is.Not.EqualTo(Errno.None));
    }

    [Test]
    public void Pipes_and_devices_are_neither_made_nor_opened()
    {
        ProcessRunner.Run(new ProcessRequest("mkfifo", InShare("pipe")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(guest.Walk(Root, First, Bytes("pipe")), Is.EqualTo(Errno.EACCES));
            foreach (uint type in (uint[])[0x1000, 0x2000, 0x6000, 0xc000])
            {
                Assert.That(guest.MakeNode(Root, Bytes("node"), type | 0x1a4), Is.EqualTo(Errno.EOPNOTSUPP), $"{type:x}");
            }
        }
    }

    [Test]
    public void Two_spellings_are_one_file()
    {
        File.WriteAllText(InShare("Readme"), "text");
        Assert.That(guest.Walk(Root, First), Is.EqualTo(Errno.None));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(guest.Create(First, Bytes("README"), exclusive: true), Is.EqualTo(Errno.EEXIST));
            Assert.That(guest.MakeFolder(Root, Bytes("readme")), Is.EqualTo(Errno.EEXIST));
            Assert.That(guest.Rename(Root, Bytes("readme"), Bytes("README")), Is.EqualTo(Errno.None), "another case for the same file");
        }

        Assert.That(guest.Open(First), Is.EqualTo(Errno.None));
        // Wine keeps the old case, Windows takes the new one
        Assert.That(guest.List(First).Keys.Select(name => name.ToUpperInvariant()), Is.EquivalentTo((string[])[".", "..", "README"]));
    }

    [Test]
    public void Folders_are_no_files()
    {
        File.WriteAllText(InShare("file"), "text");
        Directory.CreateDirectory(InShare("folder/inner"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(guest.Remove(Root, Bytes("folder")), Is.EqualTo(Errno.EISDIR));
            Assert.That(guest.Remove(Root, Bytes("file"), folder: true), Is.EqualTo(Errno.ENOTDIR));
            Assert.That(guest.Remove(Root, Bytes("folder"), folder: true), Is.EqualTo(Errno.ENOTEMPTY));
            Assert.That(guest.Rename(Root, Bytes("file"), Bytes("folder")), Is.EqualTo(Errno.EISDIR));
            Assert.That(guest.Rename(Root, Bytes("folder"), Bytes("file")), Is.EqualTo(Errno.ENOTDIR));
            Assert.That(guest.WalkSome(Root, First, Bytes("file"), Bytes("x")).Names, Is.Not.EqualTo(2));
            Assert.That(guest.Walk(Root, Second, Bytes("folder")), Is.EqualTo(Errno.None));
            guest.Open(Second, flags: 1);
            Assert.That(guest.Write(Second, 0, Bytes("x")), Is.EqualTo(Errno.EINVAL));
            Assert.That(guest.Create(Second, Bytes("inner")), Is.Not.EqualTo(Errno.None));
        }
    }

    [Test]
    public void Renaming_replaces_a_file()
    {
        File.WriteAllText(InShare("new"), "new");
        File.WriteAllText(InShare("old"), "old");
        Assert.That(guest.Rename(Root, Bytes("new"), Bytes("old")), Is.EqualTo(Errno.None));
        Assert.That(File.ReadAllText(InShare("old")), Is.EqualTo("new"));
        Assert.That(InShare("new"), Does.Not.Exist);
    }

    [Test]
    public void Two_writers_write_where_they_say()
    {
        File.WriteAllText(InShare("file"), string.Empty);
        foreach (uint fid in (uint[])[First, Second])
        {
            Assert.That(guest.Walk(Root, fid, Bytes("file")), Is.EqualTo(Errno.None));
            Assert.That(guest.Open(fid, flags: 2), Is.EqualTo(Errno.None));
        }

        for (uint i = 0; i < 20; i++)
        {
            Assert.That(guest.Write(i % 2 == 0 ? First : Second, i, [(byte)('a' + i)]), Is.EqualTo(Errno.None));
        }

        Assert.That(guest.Remove(Root, Bytes("file")), Is.EqualTo(Errno.None), "removed while it is open");
        Assert.That(guest.Read(First, 0, 100), Is.EqualTo("abcdefghijklmnopqrst"u8.ToArray()));
    }

    [Test]
    public void A_path_has_an_end()
    {
        byte[] name = Encoding.ASCII.GetBytes(new string('d', 200));
        var error = Errno.None;
        int depth = 0;
        Assert.That(guest.Walk(Root, First), Is.EqualTo(Errno.None));
        for (; error == Errno.None && depth < 200; depth++)
        {
            error = guest.MakeFolder(First, name);
            error = error == Errno.None ? guest.Walk(First, First, name) : error;
        }

        Assert.That(error, Is.Not.EqualTo(Errno.None));
        Assert.That(depth * 201, Is.LessThanOrEqualTo(4096 + 201));
    }

    [Test]
    public void Requests_with_too_much_are_refused()
    {
        byte[][] names = [.. Enumerable.Repeat(Bytes("."), 17)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(guest.WalkSome(Root, First, names[..16]), Is.EqualTo((Errno.None, 16)));
            Assert.That(guest.Walk(Root, Second, names), Is.EqualTo(Errno.EINVAL));
            Assert.That(guest.Walk(Root, Root), Is.Not.EqualTo(Errno.EIO), "a fid onto itself");
            Assert.That(guest.Walk(12345, Second), Is.EqualTo(Errno.ENOENT), "a fid that is none");
            Assert.That(guest.Open(54321), Is.EqualTo(Errno.ENOENT), "a fid that is none");
        }
    }

    [Test]
    public void A_large_folder_takes_little_memory_and_no_two_files_are_one()
    {
        int files = int.Parse(Environment.GetEnvironmentVariable("QCW_NINEP_FILES") ?? "3000", CultureInfo.InvariantCulture);
        Directory.CreateDirectory(InShare("many"));
        for (int i = 0; i < files; i++)
        {
            File.WriteAllBytes(InShare($"many/file-{i:d6}.txt"), []);
        }

        ulong before = guest.Memory;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(guest.Walk(Root, First, Bytes("many")), Is.EqualTo(Errno.None));
        Assert.That(guest.Open(First), Is.EqualTo(Errno.None));
        IReadOnlyDictionary<string, ulong> entries = guest.List(First);
        double memory = (guest.Memory - (double)before) / (1 << 20);
        TestContext.Out.WriteLine($"{files} files: {watch.Elapsed.TotalSeconds:f1} s, {memory:f1} MiB");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(entries, Has.Count.EqualTo(files + 2));
            Assert.That(entries.Values.Distinct().Count(), Is.EqualTo(files + 2), "numbers of files");
            Assert.That(guest.Walk(Root, Second, Bytes("many")), Is.EqualTo(Errno.None));
            Assert.That(guest.WalkToNumber(Second, Second, Bytes("file-000007.txt")), Is.EqualTo(entries["file-000007.txt"]));
            Assert.That(memory, Is.LessThan(16 + (files / 2000.0)));
        }
    }

    private static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(name);

    private string InShare(string name) => Path.Combine(guest.Share, name);
}
