
namespace Qcw.Build.Tests.Core;

public sealed class FileLockTests
{
    private TemporaryFolder folder = null!;

    private string LockFile => Path.Combine(folder.Path, "new", ".lock");

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_lock_that_is_held_is_refused_with_what_to_do_and_free_again_afterwards()
    {
        using (FileLock.TakeOrRefuse(LockFile, "never"))
        {
            Assert.That(
                () => FileLock.TakeOrRefuse(LockFile, "another build is using it: wait"),
                Throws.TypeOf<BuildException>().With.Message.StartWith("another build is using it: wait").And.Message.Contains(LockFile));
        }

        using var again = FileLock.TakeOrRefuse(LockFile, "never");
        Assert.That(File.Exists(LockFile));
    }

    [Test]
    public async Task Who_waits_says_so_once_and_gets_the_lock_when_it_is_released()
    {
        int said = 0;
        var held = FileLock.TakeOrRefuse(LockFile, "never");
        var waits = new TaskCompletionSource();
        Task<FileLock> next = FileLock.WaitAsync(
            LockFile,
            () =>
            {
                said++;
                waits.SetResult();
            },
            CancellationToken.None);
        await waits.Task;
        Assert.That(next.IsCompleted, Is.False);
        held.Dispose();
        using FileLock taken = await next;
        Assert.That(said, Is.EqualTo(1));
    }

    [Test]
    public void Waiting_can_be_cancelled()
    {
        using var held = FileLock.TakeOrRefuse(LockFile, "never");
        using var cancel = new CancellationTokenSource();
        Assert.That(
            async () => await FileLock.WaitAsync(LockFile, cancel.Cancel, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_lock_file_that_cannot_be_opened_is_not_taken_for_one_that_is_held()
    {
        Directory.CreateDirectory(LockFile);
        Assert.That(
            async () => await FileLock.WaitAsync(LockFile, () => Assert.Fail("nobody holds it"), CancellationToken.None),
            Throws.TypeOf<BuildException>().With.Message.Contains($"the lock file {LockFile} cannot be used: "));
    }
}
