"""Japanese."""

from corpusapp.extraction.vocabulary.words import Vocabulary

JAPANESE = Vocabulary(
    furniture=(
        "ホーム | トップ | トップページ | メニュー | 検索 | ログイン | 会員登録 | もっと見る | 続きを読む | シェア | シェアする | ツイート | コメント | 印刷 | 保存 | 閉じる | 次へ | 前へ | 次のページ | 前のページ | 広告 | pr | お問い合わせ | サイトマップ | 利用規約"
        " | プライバシーポリシー | ページトップへ戻る | ページの先頭へ | トップへ戻る | 記事一覧 | 一覧 | 速報 | ランキング | 会社概要 | フォロー | フォローする | ブックマーク | メルマガ登録 | 日本語 | 目次 | プッシュ通知 | 会員限定記事 | 有料会員限定 | 記事を印刷 | 文字サイズ | この記事をシェア"
    ),
    furniture_starts="copyright | 無断転載 | 本サイト | この記事は有料 | 続きを | 会員登録 | ログインして | シェア | クリップ | 印刷する | フォローする",
    subjects="国内 | 海外 | 事件 | 事件 事故 | 災害 | 天気 | 健康 | 医療 | 環境 | 芸能 | 音楽 | 映画 | 本 | 書評 | アート | 歴史 | 旅行 | グルメ | レシピ | ファッション | 車 | テクノロジー | it | ゲーム | アニメ | マネー | 企業 | 市場 | 不動産 | 北海道 | 東京 | 大阪 | コラム | エッセイ | エッセー | インタビュー | 特集 | 連載 | 論説 | 解説 | 寄稿 | お知らせ | プレスリリース | ニュース | ニュースリリース | 野球 | サッカー | 相撲",
    home="ホーム | トップ | トップページ | home | 記事",
    sections="社会 | 政治 | 経済 | 国際 | スポーツ | 文化 | 科学 | オピニオン | 社説 | 暮らし | エンタメ | 地域 | 教育 | ライフ | ビジネス",
    cross_links="関連記事 | 関連ニュース | おすすめ記事 | おすすめ | あわせて読みたい | 合わせて読みたい | 人気記事 | 人気の記事 | 最新記事 | 新着記事 | アクセスランキング | ランキング | 注目記事 | ピックアップ | 関連リンク | 関連キーワード | この記事を読んだ人は | 新着 | 特集 | 編集部のおすすめ",
    text_ends="コメント | コメントを残す | コメントする | この記事をシェア | シェアする | 関連タグ | タグ | 著者紹介 | プロフィール | 執筆者 | キーワード | 会員サービス詳細 | 会員限定記事",
    comments="コメント | コメントを残す | コメントする | 件のコメント",
    tags="タグ | キーワード | 関連タグ | 関連キーワード",
    by="文 | 著者 | 執筆 | 記者 | 取材 文 | 執筆者 | ライター | 筆者 | 取材 執筆 | 著",
    other_roles="翻訳 = translator | 訳 = translator | 編集 = editor | 監修 = editor | 聞き手 = interviewer | インタビュー = interviewer | 写真 | 撮影 | 図版 | 構成 | 動画 | イラスト",
    joins="と",
    name_tails="さん | 氏 | フォロー | 著 | 記者",
    about="著者 | 著者について | この記事を書いた人 | ライター紹介 | 執筆者 | プロフィール | 著者紹介",
    biography_verbs="は",
    portrait_tails="の写真",
    posts="教授 | 記者 | 編集長 | 編集部 | 研究員 | 代表 | 部長 | 編集委員 | 論説委員 | 作家 | 評論家 | 弁護士 | 医師 | 大学 | 支局長 | 社長 | ライター",
    organisations="編集部 | 新聞 | 新聞社 | 通信 | 通信社 | 株式会社 | 取材班 | 放送 | ニュース | 社",
    published="公開 | 公開日 | 投稿日 | 配信 | 掲載 | 掲載日 | 発表日 | 公開日時 | 配信日時 | 投稿 | 日付 | 発行 | 発売",
    updated="更新 | 更新日 | 最終更新 | 最終更新日 | 更新日時",
    weekdays="月曜日/月 | 火曜日/火 | 水曜日/水 | 木曜日/木 | 金曜日/金 | 土曜日/土 | 日曜日/日",
    date_glue="午前 | 午後 | 付 | 号 | 版",
    views="閲覧数 | 閲覧 | アクセス | pv",
    reading_time="分 | で読めます | この記事は約",
    alts="画像 | 写真 | サムネイル | アイキャッチ",
    captions="写真 | 画像 | 撮影 | 図 | 提供 | 資料写真 | イラスト | 写真提供 | 画像提供 | 拡大",
    sources="出典 | 引用元 | 提供 | 情報提供 | 参考",
    labels="著者 | 筆者 | 日時 | 更新 | 写真",
    no_sources="編集部",
    fields=(
        "タイトル = title | 見出し = title | 題名 = title | 記事名 = title | 表題 = title | 副題 = standfirst"
        " | サブタイトル = standfirst | 要約 = standfirst | 概要 = standfirst | リード = standfirst | 著者 = authors"
        " | 筆者 = authors | 執筆者 = authors | 記者 = authors | 作者 = authors | 著者名 = authors | 翻訳者 = translator"
        " | 訳者 = translator | 編集者 = editor | 日付 = published_at | 公開日 = published_at | 掲載日 = published_at"
        " | 発行日 = published_at | 投稿日 = published_at | 公開日時 = published_at | セクション = section | カテゴリ = section"
        " | カテゴリー = section | 欄 = section | 言語 = language | 出典 = source | 媒体 = source | 情報源 = source"
        " | 掲載元 = source | リンク = source_url | アドレス = source_url | 元記事 = source_url | 閲覧数 = views"
        " | アクセス数 = views | タグ = tags | キーワード = tags | キャプション = caption | 著者紹介 = biography | 筆者紹介 = biography"
        " | 本文 = content | 内容 = content | 記事本文 = content | 下書き = draft | 状態 = status | ステータス = status"
        " | 公開状態 = status | 記事番号 = id | 識別子 = id"
    ),
    public="公開 | 公開済み | 公開中 | 掲載中",
    yes="はい | 真",
    no="いいえ | 偽",
)
