// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine knows about the open model and picture, kept for the window. Turns intent into requests, survives the
// engine's death, and never blocks.
#pragma once

#include "client/engine_client.h"
#include "core/wire/verbs.h"
#include "widgets/viewmodel/selection.h"
#include "widgets/viewmodel/token_layout.h"

#include <QImage>
#include <QObject>
#include <QSet>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace headlens {

using AllRows = std::vector<FloatArray>; // of every layer [heads,tokens]; [0,0] where it knows nothing of the token

// What becomes of a question that gets no answer.
enum class Unanswered { Silent, EmptyWhenFailed, AlwaysEmpty }; // an empty answer; always: also where it was cancelled

struct Asking {
    enum class About { Run, Model, Nothing };
    About about = About::Run;        // what must be there; without it nothing is asked
    std::optional<QString> tag = {}; // a waiting request with the same tag is replaced; empty: none ever is
    bool quiet = false;              // a failure is not told in the window
    Unanswered unanswered = Unanswered::Silent;
    std::vector<TensorBytes> tensors = {}; // that go with the question
};

// The text beside the picture, or the text alone.
struct TextWish {
    QString text, pair, written;
    std::vector<int> writtenIds; // exactly what was generated; goes before `written`
    QStringList candidates;      // CLIP, SigLIP
    QString lookedInto;          // which of them; empty: the first
    bool cutFromBegin = false;
    std::vector<int> hiddenTokens; // of the text that is read
    std::vector<verbs::HeadAddress> silenced;
    bool operator==(const TextWish& other) const;
};

class InspectionModel : public QObject {
    Q_OBJECT
public:
    enum class Level { Info, Warning, Problem };
    Q_ENUM(Level)

    InspectionModel(EngineClient* engine, Selection* selection, QObject* parent = nullptr);

    // `settings`: what the file cannot say, as --set of the command line; kept for as long as this model is open.
    void openModel(const QString& pathOrName, const std::map<std::string, std::string>& settings = {});
    const std::map<std::string, std::string>& settings() const { return m_settings; }
    void openPicture(const QByteArray& file, const QString& name);
    void acceptCut(const QString& name) { m_cutPictures.insert(name); } // from now on shown as far as it goes
    // Runs text (and picture) again. What is the same as before is not run.
    void setText(const TextWish& wish);
    const TextWish& text() const { return m_text; }
    void setFit(const QString& fit);             // trained, squash, native
    void setDevice(const QString& device);       // auto, cpu, cuda; opens the model again
    void setPrecision(const QString& precision); // as in verbs::Hello::precisions; opens the model again
    QString precision() const { return m_precision; }
    void cancel(); // whatever is running
    // Parts of the model that can be turned off or up (ModelInfo.switches); runs the input again. Kept for other
    // inputs, forgotten with the model. A name the model does not have is passed over.
    void setSwitch(const QString& name, const QString& value);
    void setSwitches(const std::map<std::string, std::string>& values); // these, and all others as trained
    void resetSwitches() { setSwitches({}); }
    const std::map<std::string, std::string>& switches() const { return m_switches; } // those not as trained
    QString switchValue(const QString& name) const; // as set or as trained; empty: the model has none of that name
    // A film or camera on the engine's machine stands in for the picture until one is opened; FilmPlayer plays it.
    void openFilm(const QString& source, std::function<void()> done);
    void showFrame(qint64 frame);
    void closeFilm(); // back to the picture before
    bool hasFilm() const { return !m_film.source.empty(); }
    const verbs::VideoInfo& film() const { return m_film; }
    void requestExportFilm(const verbs::ExportFilm& what, std::function<void(qint64 frames)> done);
    // Masked autoencoders: share of hidden patches (-1 as trained) and which ones; runs the picture again.
    void setMask(double ratio, quint64 seed);
    double maskRatio() const { return m_maskRatio; }
    quint64 maskSeed() const { return m_maskSeed; }
    // Principal components of the chosen layer are kept up to date while they are wanted.
    void setComponents(bool wanted, const QString& recipe);
    void refitComponents(bool flip); // flip: the other side becomes the foreground

    bool hasModel() const { return !m_model.path.empty(); }
    bool hasInput() const { return m_input.tokens > 0; }
    bool hasPicture() const { return hasInput() && !m_seen.isNull(); }
    const verbs::ModelInfo& model() const { return m_model; }
    const verbs::InputInfo& input() const { return m_input; }
    const TokenLayout& layout() const { return m_layout; } // of the first stream
    // What a row of a layer counts: its keys, in reverse its queries.
    const TokenLayout& layoutOf(int layer) const;
    const TokenLayout& currentLayout() const { return layoutOf(m_selection->layer()); }
    // As currentLayout(), but of a layer that looks at no patches the picture's own.
    const TokenLayout& pictureLayout() const;
    // In which the queries of the picture are picked: of keys that are coarser than the queries, or no patches at all,
    // the queries' own.
    const TokenLayout& askingLayout() const;
    int pictureStream() const; // the stream with patches; 0 when there is none
    const QImage& seen() const { return m_seen; }
    const QImage& original() const { return m_original; }
    const QImage& reconstruction() const { return m_reconstruction; } // of a masked autoencoder
    const QImage& components() const { return m_components; }         // one pixel a patch; null until asked for
    const verbs::PcaResult& componentsInfo() const { return m_componentsInfo; }
    const QByteArray& pictureFile() const { return m_file; }
    // Shown, on its way, or a film.
    bool hasPictureFile() const { return hasFilm() || !m_file.isEmpty() || !m_wantedFile.isEmpty(); }
    QString fit() const { return m_fit; }
    QString device() const { return m_device; }
    const EngineClient& engine() const { return *m_engine; }
    const std::vector<verbs::EmbeddedModel>& embeddedModels() const { return m_embedded; } // as the engine lists them

    // Rows of every layer for the selected token; empty until the first answer.
    const AllRows& rows() const { return m_rows; }
    // The token and direction these rows belong to: while the mouse moves, the selection may be ahead of them.
    const verbs::Rows& rowsOf() const { return m_rowsOf; }
    // Which patches the query of rowsOf() can see in a layer; empty: all.
    std::vector<bool> reachable(int layer) const;
    // The map of the chosen method when that is not a row; of an older choice until the answer comes.
    const verbs::TokenMap& tokenMap() const { return m_tokenMap; }
    // On whose patches it lies.
    const TokenLayout& mapLayout() const;
    // Of the open model; null for a row and for ids that are none.
    const verbs::MethodInfo* method(const QString& id) const;
    const verbs::MethodInfo* shownMethod() const { return method(m_selection->map()); }
    bool explains() const { return explainingMethod() != nullptr; } // it has a score whose reasons can be shown
    // Settings of methods that are not as usual; kept for other inputs and models.
    void setMethodSetting(const QString& method, const QString& name, const QString& value);
    QString methodSetting(const QString& method, const QString& name) const; // as set or as usual
    // The row the canvas paints: the chosen layer, its heads fused; empty when there is none.
    std::vector<float> currentRow() const;
    // True while nothing is asked for that has not been answered: the window shows what is selected.
    bool isSettled() const { return m_outstanding == 0 && !m_again; }

    // As ask() of asking.h, which packs and unpacks.
    void askEngine(const char* verb, const Json& body, std::function<void(const Message&)> done, Asking how);
    bool hasState(const QString& name) const; // of the input that is shown: verb state
    // What a score rests on is shown from now on, by the shown method where it explains scores.
    void explain(const verbs::ScoreChoice& score);
    // The same for one of the labels (CLIP, SigLIP), whose words are shown from now on.
    void lookInto(const QString& label);
    const verbs::ScoreChoice& score() const { return m_score; } // that is explained
    std::map<std::string, std::string> methodSettings(const QString& method) const;
    // Keeps the run that is shown; from then on rows, matrix and maps are differences to it, where the tokens are
    // alike.
    void holdRun();
    void releaseRun();
    bool holdsRun() const { return m_held.tokens > 0; }
    const verbs::InputInfo& heldRun() const { return m_held; }
    bool isComparing() const; // rows are asked for as differences
    // `grown` hears the text after every token.
    void requestGenerate(const verbs::Generate& how, std::function<void(const QString&)> grown,
                         std::function<void(const verbs::Written*)> done); // null: failed or cancelled

Q_SIGNALS:
    void modelOpened(); // another one by wish, before modelChanged(): not the same again for a new engine
    void modelChanged();
    void switchesChanged();
    void inputChanged(); // a new run is there: picture, predictions, tokens
    void rowsChanged();
    void tokenMapChanged();
    void methodSettingsChanged();
    void componentsChanged();
    void comparisonChanged(); // held, released, or no longer alike
    void busyChanged(bool busy, const QString& what);
    void progress(int done, int total);
    void failed(const headlens::verbs::Failure& failure); // nothing changed; the window says why
    void notice(headlens::InspectionModel::Level level, const QString& text);
    void settled();
    void filmChanged();       // opened or closed
    void precisionFellBack(); // the chosen precision is not there; float32 from now on
    void deviceFellBack();    // the chosen device is gone; the engine decides from now on

private:
    void onReady();
    void sendOpenModel(const QString& path, bool replay);
    void sendPicture(bool replay);
    verbs::SetInput inputRequest(const QString& name) const;
    bool hasSomethingToRun() const;
    const verbs::MethodInfo* explainingMethod() const;
    void showExplanation();
    void forgetMap();
    void forgetHeld();
    void requestRows();
    void requestMap();
    void requestMapOfToken(); // where the shown method asks about one
    void requestComponents(bool refit, bool flip);
    void requestViews(); // rows, and whatever else is looked at
    void takeModel(const Message& answer, bool replay);
    bool writesOn() const;
    void takeInput(const Message& answer, bool replay);
    void takeRows(verbs::RowsOfLayers answer);
    quint64 ask(const char* verb, const Json& body, std::function<void(const Message&)> done, const QString& tag = {},
                std::vector<TensorBytes> tensors = {}, bool quiet = false);
    bool retryWithoutDevice(const Message& answer, bool replay);
    bool canAsk() const;
    void endRun(const Message& answer);
    void layOutTokens();
    void selectWithin(bool wasLast);
    void lookWhereMostIsSeen();
    void forgetInput();
    void sendFrame(qint64 frame);
    void leaveFilm();
    void tellWhatMemoryForced();
    void tellRemarks();
    void onDeath(const QString& words);
    void setBusy(const QString& what);

    EngineClient* m_engine;
    Selection* m_selection;
    std::vector<verbs::EmbeddedModel> m_embedded;
    verbs::ModelInfo m_model;
    verbs::InputInfo m_input;
    TokenLayout m_layout;
    std::vector<TokenLayout> m_layouts, m_queryLayouts; // one a layer
    TextWish m_text;
    QImage m_seen, m_original, m_reconstruction, m_components;
    verbs::PcaResult m_componentsInfo;
    verbs::TokenMap m_tokenMap;
    verbs::ScoreChoice m_score;
    std::map<QString, std::map<std::string, std::string>> m_methodSettings; // by method, not as usual
    bool m_mapIsCurrent = false; // answers m_score and the settings for this input
    verbs::InputInfo m_held;     // no tokens: none
    double m_maskRatio = -1;
    quint64 m_maskSeed = 0;
    bool m_componentsWanted = false;
    QString m_componentsRecipe = QStringLiteral("v2");
    QByteArray m_file; // of the picture that is shown
    QString m_fileName, m_fit = QStringLiteral("trained"), m_device = QStringLiteral("auto");
    QSet<QString> m_cutPictures;
    QSet<QString> m_remarked; // SHA-256 of the pictures whose remarks were told
    QByteArray m_wantedFile;  // of the picture that is being opened
    QString m_wantedName;
    std::map<std::string, std::string> m_switches; // not as trained
    std::map<std::string, std::string> m_settings; // of the model that is open or being opened
    QString m_wantedModel;                         // being opened; tried again when the engine dies meanwhile
    QString m_lastModelPath;
    int m_wantedDeaths = 0;
    verbs::VideoInfo m_film;  // empty source: none
    qint64 m_wantedFrame = 0; // of the film
    bool m_exportsFilm = false;
    bool m_filmIsLost = false; // the engine that had it open is gone
    QString m_precision = QStringLiteral("float32");
    AllRows m_rows;
    verbs::Rows m_rowsOf; // what m_rows answer
    bool m_runningIsModel = false;
    bool m_inputIsCurrent = false; // the engine holds the picture that is shown, run by the open model
    quint64 m_running = 0;         // id of the open_model or set_input under way
    int m_outstanding = 0;
    bool m_beginsAtEnd = false; // the next text is the first of a new model
    bool m_again = false;       // the engine died: model and picture must be opened again
};

// The bytes of a picture file as the tensor "image"; shares them.
TensorBytes imageTensor(const QByteArray& file);

} // namespace headlens
