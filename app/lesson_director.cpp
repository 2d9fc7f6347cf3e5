// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lesson_director.h"

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/lesson/address.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace headlens {

namespace {

TextRequest textRequest(const ViewState& view)
{
    TextRequest wish;
    wish.text = QString::fromStdString(view.text);
    wish.pair = QString::fromStdString(view.pair);
    wish.written = QString::fromStdString(view.written);
    wish.chat = view.chat;
    for (const std::string& candidate : view.candidates) wish.candidates << QString::fromStdString(candidate);
    wish.ablated = view.ablated;
    return wish;
}

} // namespace

LessonDirector::LessonDirector(InspectionModel* model, Selection* selection, Window window, QObject* parent)
    : QObject(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()),
      m_turn(new InTurn(model->link(), this)), m_window(std::move(window))
{
    connect(m_turn, &InTurn::failed, this, &LessonDirector::failed); // a word that is not in this input
    connect(m_turn, &InTurn::finished, this, &LessonDirector::arranged);
    connect(m_model, &InspectionModel::modelOpened, this, [this] {
        const bool ours = isShown(m_model->model()); // an engine that began again opens the same
        if (m_shownModel.empty() || (ours && !m_turn->isDone())) return;
        leave(); // by the learner, perhaps while a step is still being set: the next one opens its own again
        if (!ours) Q_EMIT left();
    });
}

void LessonDirector::show(const ViewState& view, const QString& folder)
{
    m_view = view;
    m_folder = folder;
    m_turn->begin({[this] { openModel(); }, [this] { openInput(); }, [this] { takeAway(); }, [this] { write(); },
                   [this] { goToPlace(); }});
}

void LessonDirector::leave()
{
    m_turn->stop();
    m_shownModel.clear();
    m_shownImage.clear();
}

bool LessonDirector::isShown(const verbs::ModelInfo& opened) const
{
    return m_shownModel == opened.name || m_shownModel == opened.path;
}

void LessonDirector::openModel()
{
    if (m_view.model == m_shownModel && m_model->hasModel()) return;
    const QByteArray file = m_view.image.empty() ? QByteArray() : picture(m_view.image);
    m_shownModel = m_view.model;
    m_model->loader()->open(QString::fromStdString(m_view.model));
    // On their way together with the model, which may run nothing without a picture (Flamingo, PaLM-E).
    m_model->wishes()->change([&](RunRequest& r) { r.fit = QString::fromStdString(m_view.fit); });
    m_model->wishes()->change([&](RunRequest& r) { r.text = textRequest(m_view); });
    if (!file.isEmpty()) showPicture(file);
}

void LessonDirector::showPicture(const QByteArray& file)
{
    const QString name = QString::fromStdString(m_view.image);
    m_shownImage = m_folder + QLatin1Char('/') + name;
    m_model->wishes()->openPicture(file, name);
}

// A lesson's own picture, or one that comes with HeadLens; never one from elsewhere.
QByteArray LessonDirector::picture(const std::string& name) const
{
    const QString file = QString::fromStdString(name);
    if (file.contains(QLatin1String("..")) || QFileInfo(file).isAbsolute())
        throw Error(ErrorCode::BadConfig, name, "lies outside the folder of the lesson", "put the picture into it");
    const QString own = m_folder + QLatin1Char('/') + file;
    QFile picture(
        QFileInfo(own).isFile() ? own : QString::fromStdString(resourceFolder()) + QStringLiteral("/images/") + file);
    constexpr qint64 kLargest = 64LL << 20;
    if (!QFileInfo(picture).isFile() || !picture.open(QIODevice::ReadOnly) || picture.size() > kLargest)
        throw Error(ErrorCode::FileMissing, name, "is neither in the lesson nor among HeadLens' pictures",
                    "put the picture into the folder of the lesson");
    return picture.readAll();
}

void LessonDirector::openInput()
{
    m_model->wishes()->change([&](RunRequest& r) { r.fit = QString::fromStdString(m_view.fit); });
    const bool looks = m_model->model().takesPictures && !m_view.image.empty();
    const QString wanted = m_folder + QLatin1Char('/') + QString::fromStdString(m_view.image);
    if (looks && (m_model->input().name != m_view.image || m_shownImage != wanted)) showPicture(picture(m_view.image));
    m_window.fillText(textRequest(m_view));
    for (const auto& [part, value] : m_view.switches)
        if (m_model->request().switchValue(m_model->model(), QString::fromStdString(part)).isEmpty())
            throw Error(ErrorCode::BadConfig, part, "is no switch of this model", "choose one of the dock Mechanisms");
    m_model->wishes()->change([this](RunRequest& r) {
        r.switches = m_view.switches;
        r.changes.clear(); // of the learner
    });
}

// Words are found in the tokens of the input, so it must be there.
void LessonDirector::takeAway()
{
    if (m_view.hidden.empty()) return;
    TextRequest wish = m_model->request().text;
    for (const std::string& token : m_view.hidden)
        wish.hiddenTokens.push_back(placeOf(parseToken(token), m_model->model(), m_model->input()).token);
    m_window.fillText(wish);
}

void LessonDirector::write()
{
    if (m_view.write > 0 && m_model->model().text.writes) m_window.write(m_view.write);
}

void LessonDirector::goToPlace()
{
    if (!m_model->hasInput()) return; // why was said already
    m_window.fit();
    m_tokens->unpin();
    m_tokens->setReverse(m_view.reverse);
    if (m_view.layer >= m_heads->layers())
        throw Error(ErrorCode::BadConfig, "layer " + std::to_string(m_view.layer), "does not exist in this model");
    m_heads->setLayer(m_view.layer);
    if (m_view.head >= m_heads->headCount())
        throw Error(ErrorCode::BadConfig, "head " + std::to_string(m_view.head), "does not exist in this layer");
    m_heads->setHead(m_view.head);
    m_heads->setFusion(headFusionFrom(m_view.fusion).value_or(HeadFusion::Single));
    m_window.stand(QString::fromStdString(m_view.workspace));
    m_window.raise(QString::fromStdString(m_view.view));
    if (!m_view.panel.empty()) m_window.raise(QString::fromStdString(m_view.panel));
    if (m_view.token.empty()) return m_tokens->hover({0, 0});
    const TokenPlace place = placeOf(parseToken(m_view.token), m_model->model(), m_model->input());
    m_tokens->hover(place);
    if (m_view.pinned) m_tokens->pin(place);
}

} // namespace headlens
