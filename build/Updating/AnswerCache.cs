using Qcw.Build.Fetching.Cache;

namespace Qcw.Build.Updating;

/// <summary>
/// What upstream and Debian answered, as files below <c>downloads/upstream</c>, each named by a hash of its question. An answer of the last
/// hour is taken again, and without the network one of any age; whoever prints it says of when it is.
/// </summary>
/// <param name="folder">Full path of <c>downloads/upstream</c>.</param>
/// <param name="offline">True: nobody is asked.</param>
/// <param name="clock">Says how old an answer is.</param>
internal sealed class AnswerCache(string folder, bool offline, TimeProvider clock)
{
    /// <summary>How long an answer is taken for what would be answered now.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>The answer to a question that can have another answer tomorrow.</summary>
    /// <param name="question">Texts that tell it from all others.</param>
    /// <param name="ask">Asks it.</param>
    /// <exception cref="BuildException">Nobody answered.</exception>
    public async Task<Answer<T>> GetAsync<T>(IReadOnlyList<string> question, Func<Task<T>> ask)
        where T : class
    {
        Answer<T>? known = Read<T>(question);
        return known is not null && (offline || clock.GetUtcNow() - known.Asked < Fresh) ? known : await WriteAsync(question, ask);
    }

    /// <summary>The answer to a question that will have no other, because it names bytes by their hash.</summary>
    /// <exception cref="BuildException">Nobody answered.</exception>
    public async Task<T> GetOnceAsync<T>(IReadOnlyList<string> question, Func<Task<T>> ask)
        where T : class =>
        (Read<T>(question) ?? await WriteAsync(question, ask)).Said;

    private Answer<T>? Read<T>(IReadOnlyList<string> question)
        where T : class =>
        JsonText.ReadOrNull<Answer<T>>(PathOf(question)) is { Said: not null } known
        && known.Question?.SequenceEqual(question) == true && known.Asked <= clock.GetUtcNow() ? known : null;

    private async Task<Answer<T>> WriteAsync<T>(IReadOnlyList<string> question, Func<Task<T>> ask)
        where T : class
    {
        var answer = new Answer<T>(question, clock.GetUtcNow(), await ask());
        using FileLock held = await FileLock.WaitAsync(PathOf(question) + ".lock", () => { }, CancellationToken.None);
        Files.Write(PathOf(question), JsonText.Of(answer));
        return answer;
    }

    private string PathOf(IReadOnlyList<string> question) => Path.Combine(folder, DownloadCache.KeyOf(question) + ".json");
}

/// <summary>What was answered, and when.</summary>
/// <param name="Question">Texts that tell it from all others.</param>
/// <param name="Asked">When, in UTC.</param>
/// <param name="Said">What was answered.</param>
internal sealed record Answer<T>(IReadOnlyList<string> Question, DateTimeOffset Asked, T Said);
