namespace Berth.Lifecycle;

/// <summary>What holds images of one repository together: an index and what it lists, an image and what is about it.</summary>
/// <remarks>Images are numbers here. Few repositories have many bonds, so what has none costs nothing.</remarks>
internal sealed class ImageBonds
{
    private static readonly List<int> None = [];

    private readonly List<(int Index, IReadOnlyList<string> Listed)> indexes = [];
    private readonly List<(int Image, string Subject)> subjects = [];
    private readonly Dictionary<int, List<int>> listed = [];
    private readonly Dictionary<int, List<int>> listedBy = [];
    private readonly Dictionary<int, List<int>> referrers = [];
    private readonly Dictionary<int, int> subjectOf = [];

    public void Add(int number, LifecycleImage image)
    {
        if (image.References.Count > 0)
        {
            indexes.Add((number, image.References));
        }

        if (image.Subject is { } subject)
        {
            subjects.Add((number, subject));
        }
    }

    /// <summary>Finds both ends of each bond once all images are known. A bond to an image that is not there is none.</summary>
    public void Tie(IReadOnlyList<LifecycleCandidate> images)
    {
        if (indexes.Count + subjects.Count == 0)
        {
            return;
        }

        var numbers = new Dictionary<string, int>(images.Count, StringComparer.Ordinal);
        for (var i = 0; i < images.Count; i++)
        {
            numbers[images[i].Digest] = i;
        }

        foreach (var (index, digests) in indexes)
        {
            foreach (var digest in digests.Distinct(StringComparer.Ordinal))
            {
                if (numbers.TryGetValue(digest, out var child))
                {
                    Of(listed, index).Add(child);
                    Of(listedBy, child).Add(index);
                }
            }
        }

        foreach (var (image, digest) in subjects)
        {
            if (numbers.TryGetValue(digest, out var subject))
            {
                subjectOf[image] = subject;
                Of(referrers, subject).Add(image);
            }
        }
    }

    /// <summary>The images an index lists that are there.</summary>
    public IReadOnlyList<int> ListedIn(int index) => listed.GetValueOrDefault(index, None);

    /// <summary>The indexes that list an image.</summary>
    public IReadOnlyList<int> IndexesOf(int image) => listedBy.GetValueOrDefault(image, None);

    /// <summary>What is about an image.</summary>
    public IReadOnlyList<int> ReferrersOf(int subject) => referrers.GetValueOrDefault(subject, None);

    /// <summary>The image that one is about, when it is there.</summary>
    public int? SubjectOf(int image) => subjectOf.TryGetValue(image, out var subject) ? subject : null;

    private static List<int> Of(Dictionary<int, List<int>> lists, int key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
